/** Every likelihood. To add one: its file, and one line here. */
import { bernoulli } from './bernoulli.ts'
import { gaussianLikelihood } from './gaussian.ts'
import type { Likelihood } from './likelihood.ts'
import { squaredError } from './squared-error.ts'

export const allLikelihoods: readonly Likelihood[] = [bernoulli, gaussianLikelihood, squaredError]
