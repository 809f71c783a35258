import {
  add,
  detach,
  exp,
  logSoftmax,
  mul,
  reshape,
  sub,
  sum,
  sumPerExample,
  type Tensor,
} from '../../graph/vocabulary.ts'
import { type Autoencoder, byExample, perDraw } from '../../model/autoencoder.ts'
import { gaussianLogDensity } from '../../model/distributions/gaussian.ts'
import { priorLogDensity } from '../../model/priors/prior.ts'

/**
 * A number for each example [batch] whose gradient by the encoder is that of the bound by groups of draws, taken along the
 * drawn codes alone, Σₖ w̃ₖ² ∂log wₖ/∂zₖ ∂zₖ/∂φ: the same in expectation, with less variance. Tucker et al. 2019, eq. 8.
 *
 * The posterior is a diagonal Gaussian. Its value is no bound. Where the encoder makes the prior, too (VampPrior), that
 * path has the weights w̃ₖ of any parameter of the model.
 */
export function dregBound(model: Autoencoder, logWeights: Tensor, groups: number): Tensor {
  const { posterior, reconstructionOfDraws, mixture, prior, draws } = model
  const { code, statistics } = posterior
  const share = sharesOf(logWeights, groups)
  const held = mixture && {
    mean: detach(mixture.mean),
    logVariance: detach(mixture.logVariance),
    logWeight: detach(mixture.logWeight),
  }
  const logPrior = held ? priorLogDensity(code, held) : prior.logDensity(code)
  const given = ({ mean: center, logVariance }: typeof statistics) =>
    gaussianLogDensity(code, perDraw(detach(center), draws), perDraw(detach(logVariance), draws))
  const along = sub(sub(logPrior, reconstructionOfDraws), sumPerExample(given(statistics)))
  const alongCodes = sum(mul(mul(share, share), byExample(along, draws)), [1])
  const whole = mixture
    ? add(alongCodes, sum(mul(share, byExample(priorLogDensity(detach(code), mixture), draws)), [1]))
    : alongCodes
  return mul(whole, 1 / groups)
}

/** wₖ/Σw of each draw in its group, which no gradient moves [batch, draws]. */
function sharesOf(logWeights: Tensor, groups: number): Tensor {
  const [batch, draws] = logWeights.shape as readonly number[]
  const shares = exp(logSoftmax(reshape(logWeights, [batch, groups, draws / groups])))
  return detach(reshape(shares, [batch, draws]))
}
