import { learnedSampler } from './learned/learned-sampler.ts'
import { rareLearner } from './learned/rare-learner.ts'

/** A masked autoregressive flow fitted to the codes of training examples. Papamakarios et al. 2017, eq. 4 and 5. */
export const maf = learnedSampler({
  name: 'maf',
  summary: 'a masked autoregressive flow fitted to the codes of training examples',
  paper: 'Papamakarios et al. 2017, eq. 4 and 5',
  learner: () => rareLearner('maf', { steps: 5, hidden: 64 }),
})
