import { learnedSampler } from './learned/learned-sampler.ts'
import { rareLearner } from './learned/rare-learner.ts'

/** Small, since a model keeps up to 2,000 codes. */
const SIZE = { network: 'dense', hidden: 64, depth: 1, embedding: 8 } as const

/** Each variable of a discrete code given those before it, fitted to codes of training examples. Larochelle & Murray 2011. */
export const autoregressive = learnedSampler({
  name: 'autoregressive',
  summary: 'each variable of a discrete code given those before it, fitted to the codes of training examples',
  paper: 'Larochelle & Murray 2011',
  space: 'discrete',
  learner: () => rareLearner('autoregressive', SIZE),
})
