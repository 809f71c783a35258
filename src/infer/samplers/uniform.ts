import { learnedSampler } from './learned/learned-sampler.ts'
import { rareLearner } from './learned/rare-learner.ts'

/** Every level of discrete codes alike, whatever the model's prior: what a learned one is worth shows beside it. */
export const uniform = learnedSampler({
  name: 'uniform',
  summary: 'every level of discrete codes as probable as the others, whatever the prior: to compare with',
  space: 'discrete',
  learner: () => rareLearner('uniform', {}),
})
