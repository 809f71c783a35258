/** Every likelihood. To add one: its file, and one line here. */
import { bernoulli } from './bernoulli.ts'
import { beta } from './beta.ts'
import { categorical } from './categorical.ts'
import { columnsLikelihood } from './columns.ts'
import { continuousBernoulli } from './continuous-bernoulli.ts'
import { discretizedLogistic } from './discretized-logistic.ts'
import { gaussianLikelihood } from './gaussian.ts'
import { hurdle } from './hurdle.ts'
import { laplace } from './laplace.ts'
import type { Likelihood } from './likelihood.ts'
import { logisticMixture } from './logistic-mixture.ts'
import { negativeBinomial } from './negative-binomial.ts'
import { poisson } from './poisson.ts'
import { squaredError } from './squared-error.ts'
import { zeroInflatedNegativeBinomial } from './zero-inflated.ts'

const house = [
  bernoulli,
  continuousBernoulli,
  gaussianLikelihood,
  squaredError,
  laplace,
  categorical,
  discretizedLogistic,
  logisticMixture,
  poisson,
  negativeBinomial,
  zeroInflatedNegativeBinomial,
  beta,
  hurdle,
  columnsLikelihood,
] as const

/** One of the house's own, with its name and options in its type. */
export type HouseLikelihood = (typeof house)[number]

export const allLikelihoods: readonly Likelihood[] = house
