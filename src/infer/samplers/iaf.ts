import { learnedSampler } from './learned/learned-sampler.ts'
import { rareLearner } from './learned/rare-learner.ts'

/** An inverse autoregressive flow fitted to the codes of training examples. Papamakarios et al. 2017, section 3.3. */
export const iaf = learnedSampler({
  name: 'iaf',
  summary: 'an inverse autoregressive flow fitted to the codes of training examples',
  paper: 'Kingma et al. 2016; Papamakarios et al. 2017, section 3.3',
  learner: () => rareLearner('iaf', { priorSteps: 3, priorHidden: 64 }),
})
