import * as z from 'zod/mini'
import { logNormalizer } from '../../base/math/normal.ts'
import { mean, square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'
import { anyNumber, type Density, defineLikelihood, type LikelihoodContext } from './likelihood.ts'
import { type LearnedSpread, learnedSpread, outputsWith, spreadOption, spreadText } from './spread.ts'

/** Share of a batch in the moving average of the squared error. */
const AVERAGE_RATE = 0.1
/** Keeps the average from 0, where other log-variances are bounded. */
const LEAST_VARIANCE = Math.exp(-20)

const text = (sigma: number | LearnedSpread | 'optimal'): string => {
  if (typeof sigma === 'number') return `σ² = ${Number((sigma * sigma).toPrecision(6))}`
  return sigma === 'optimal' ? 'σ² = mean (x − x̂)²' : spreadText('σ²', sigma)
}

/** −log N(x; center, σ²) where σ is a number. */
const givenSigma = (center: Tensor, sigma: number): Density => ({
  negativeLogLikelihood: (x) =>
    add(mul(square(sub(x, center)), 1 / (2 * sigma * sigma)), logNormalizer(sigma * sigma)),
  center,
})

const learnedVariance = (center: Tensor, logVariance: Tensor): Density => ({
  negativeLogLikelihood: (x) => neg(gaussianLogDensity(x, center, logVariance)),
  center,
})

/** σ² follows the squared error and has no gradient; `logVariance` holds its logarithm and starts at 0, σ² = 1. */
function optimalVariance(center: Tensor, { declare, replace }: LikelihoodContext): Density {
  const logVariance = declare('logVariance', [], 0)
  const { negativeLogLikelihood } = learnedVariance(center, logVariance)
  return {
    negativeLogLikelihood(x) {
      // A mean needs a batch of known size. Every training step has one; elsewhere σ² stays as it is.
      if (typeof x.shape[0] === 'number') {
        const seen = add(mean(square(sub(x, center))), LEAST_VARIANCE)
        const average = add(mul(exp(logVariance), 1 - AVERAGE_RATE), mul(seen, AVERAGE_RATE))
        replace(logVariance, log(average))
      }
      return negativeLogLikelihood(x)
    },
    center,
  }
}

/**
 * N(x; x̂, σ²): −log p = (x − x̂)²/(2σ²) + ½ log 2πσ².
 *
 * Learned σ are log-variances that start at 0. The optimal σ² is the mean squared error over all entries of a batch
 * (Rybkin et al. 2021), here its exponential moving average over steps (a tenth of each batch), so that training,
 * validation and inference all use one σ²: the likelihood that a step sees is that of the steps before it.
 */
export const gaussianLikelihood = defineLikelihood({
  name: 'gaussian',
  summary: 'each entry is normal around the reconstruction; the full density',
  paper: 'Kingma & Welling 2014, appendix C.2; optimal σ: Rybkin et al. 2021',
  options: z.strictObject({
    sigma: spreadOption('standard deviation of an observation, in model units', {
      optimal: 'from the mean squared error',
    }),
  }),
  formula: ({ sigma }) => `−log N(x; x̂, ${text(sigma)})`,
  outputs: (first, { sigma }) => first * outputsWith(sigma),
  density(output, context, { sigma }) {
    if (typeof sigma === 'number') return givenSigma(output, sigma)
    if (sigma === 'optimal') return optimalVariance(output, context)
    const { center, log: logVariance } = learnedSpread(output, sigma, 'logVariance', context)
    return learnedVariance(center, logVariance)
  },
  omitted: () => 0,
  variance: ({ sigma }) => (typeof sigma === 'number' ? sigma * sigma : undefined),
  support: () => anyNumber,
})
