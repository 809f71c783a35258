import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { greater } from '../../graph/ops/compare.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { sub } from '../../graph/ops/sub.ts'
import { where } from '../../graph/ops/where.ts'
import { concentrationOf, concentrationOption } from './concentration.ts'
import { defineLikelihood } from './likelihood.ts'
import { softplusOf } from './log-beta.ts'
import { negativeBinomialNats, negativeBinomialText } from './negative-binomial.ts'
import { counts, logRateOf, shownCounts } from './poisson.ts'
import { outputsWith } from './spread.ts'

/**
 * Each entry is 0 with probability π, else a negative binomial count, which may be 0, too.
 *
 * The decoder gives log μ and the logit g of π. With nats n of the count, −log p = log(1 + eᵍ) + n, less log(1 + eᵍ⁺ⁿ) where
 * the count is 0.
 */
export const zeroInflatedNegativeBinomial = defineLikelihood({
  name: 'zero-inflated-nb',
  summary: 'each entry is a count, or 0 for another reason, with a probability of its own',
  paper: 'Lopez et al. 2018, eq. 4',
  options: z.strictObject({
    concentration: concentrationOption('r of counts with mean μ, whose variance is μ + μ²/r'),
  }),
  formula: ({ concentration }) =>
    `−log [π·(x; 0) + (1 − π)·NB(x; μ, ${negativeBinomialText(concentration)})]`,
  outputs: (first, { concentration }) => first * (1 + outputsWith(concentration)),
  shown: shownCounts,
  density(output, context, { concentration }) {
    const { parts, logConcentration } = concentrationOf(output, 2, concentration, context)
    const [mean, gate] = parts
    const logMean = logRateOf(mean)
    return {
      negativeLogLikelihood(x) {
        const nats = negativeBinomialNats(x, logMean, logConcentration)
        const spared = where(greater(0.5, x), softplusOf(add(gate, nats)), 0)
        return sub(add(nats, softplusOf(gate)), spared)
      },
      center: mul(sigmoid(neg(gate)), exp(logMean)),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => counts,
})
