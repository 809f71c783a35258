import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import {
  type Concentration,
  concentrationOf,
  concentrationOption,
  concentrationText,
} from './concentration.ts'
import { defineLikelihood } from './likelihood.ts'
import { logBetaBesides, softplusOf } from './log-beta.ts'
import { counts, logRateOf, shownCounts } from './poisson.ts'
import { outputsWith } from './spread.ts'

/**
 * −log NB(x; μ, r) of counts with mean μ and variance μ + μ²/r, in nats: log B(r, x + 1) + log(x + r) − x·log p − r·log(1 − p),
 * p = μ/(μ + r).
 */
export function negativeBinomialNats(x: Tensor, logMean: Tensor, logConcentration: Tensor): Tensor {
  const r = exp(logConcentration)
  const logit = sub(logMean, logConcentration)
  const apart = logBetaBesides(add(x, 1), r, logit)
  return add(sub(apart, softplusOf(neg(logit))), log(add(x, r)))
}

export const negativeBinomialText = (concentration: Concentration): string =>
  concentrationText('r', concentration)

/**
 * Each entry is a count whose rate differs between examples alike: variance μ + μ²/r, a Poisson with r → ∞.
 *
 * The decoder gives log μ. A rate drawn from a gamma distribution of shape r gives this (Greenwood & Yule 1920); counts
 * of genes are modeled so (Lopez et al. 2018).
 */
export const negativeBinomial = defineLikelihood({
  name: 'negative-binomial',
  summary: 'each entry is a count that spreads wider than a Poisson; computed from the logarithm of its mean',
  paper: 'Lopez et al. 2018, eq. 2 and 3',
  options: z.strictObject({
    concentration: concentrationOption('r of counts with mean μ, whose variance is μ + μ²/r'),
  }),
  formula: ({ concentration }) => `−log NB(x; x̂, ${negativeBinomialText(concentration)})`,
  outputs: (first, { concentration }) => first * outputsWith(concentration),
  shown: shownCounts,
  density(output, context, { concentration }) {
    const { parts, logConcentration } = concentrationOf(output, 1, concentration, context)
    const logMean = logRateOf(parts[0])
    return {
      negativeLogLikelihood: (x) => negativeBinomialNats(x, logMean, logConcentration),
      center: exp(logMean),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => counts,
})
