/** Those that few models have, loaded when one is named. To add one: its file, and one line here. */
import { beta } from './beta.ts'
import { categorical } from './categorical.ts'
import { columnsLikelihood } from './columns.ts'
import { continuousBernoulli } from './continuous-bernoulli.ts'
import { discretizedLogistic } from './discretized-logistic.ts'
import { hurdle } from './hurdle.ts'
import { laplace } from './laplace.ts'
import { logisticMixture } from './logistic-mixture.ts'
import { negativeBinomial } from './negative-binomial.ts'
import { poisson } from './poisson.ts'
import { zeroInflatedNegativeBinomial } from './zero-inflated.ts'

export const rareLikelihoods = [
  continuousBernoulli,
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
