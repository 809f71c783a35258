import * as z from 'zod/mini'
import { square } from '../../graph/functions.ts'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { binaryCrossEntropy } from '../../graph/ops/binary-cross-entropy.ts'
import { greater } from '../../graph/ops/compare.ts'
import { div } from '../../graph/ops/div.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { defineLikelihood, unitInterval } from './likelihood.ts'
import { polynomial } from './polynomial.ts'

/** Logits closer to 0 take the series, which is exact to 1e-12 there; the closed forms divide 0 by 0. */
const NEAR = 0.5

/** Coefficients of l², l⁴, … in log C − log 2: (2²ⁿ − 2)·B₂ₙ / (2n·(2n)!), B₂ₙ Bernoulli's numbers. */
const normalizerSeries = [
  1 / 12,
  -7 / 1440,
  31 / 90_720,
  -127 / 4_838_400,
  73 / 34_214_400,
  -1_414_477 / 7_846_046_208_000,
] as const

/** Coefficients of l, l³, … in E[x] − ½: B₂ₙ / (2n)!. */
const meanSeries = [
  1 / 12,
  -1 / 720,
  1 / 30_240,
  -1 / 1_209_600,
  1 / 47_900_160,
  -691 / 1_307_674_368_000,
] as const

interface Forms {
  near(logits: Tensor): Tensor
  away(logits: Tensor): Tensor
}

/** One form near 0, another away from it. Each sees harmless numbers where it is not chosen, so that no gradient is NaN. */
function byDistance(logits: Tensor, { near, away }: Forms): Tensor {
  const isNear = greater(NEAR, abs(logits))
  return where(isNear, near(where(isNear, logits, 0)), away(where(isNear, 1, logits)))
}

/** log C = log(l / tanh(l/2)), which is log 2 at l = 0. */
const logNormalizer = (logits: Tensor): Tensor =>
  byDistance(logits, {
    near: (l) => add(mul(square(l), polynomial(square(l), normalizerSeries)), Math.LN2),
    away: (l) => log(div(l, tanh(mul(l, 0.5)))),
  })

/** E[x] = 1/(1 − e⁻ˡ) − 1/l, written with tanh, which does not overflow. */
const mean = (logits: Tensor): Tensor =>
  byDistance(logits, {
    near: (l) => add(mul(l, polynomial(square(l), meanSeries)), 0.5),
    away: (l) => add(sub(div(0.5, tanh(mul(l, 0.5))), div(1, l)), 0.5),
  })

/**
 * A density on [0, 1] ∝ λˣ(1 − λ)¹⁻ˣ, λ = σ(l): −log p = log(1 + eˡ) − x·l − log C. Loaiza-Ganem & Cunningham 2019.
 *
 * The reconstruction is the mean, which is not λ.
 */
export const continuousBernoulli = defineLikelihood({
  name: 'continuous-bernoulli',
  summary: 'each entry lies in [0, 1], as grey values do; computed from logits, with its normalizer',
  paper: 'Loaiza-Ganem & Cunningham 2019',
  options: z.strictObject({}),
  formula: () => '−log ContinuousBernoulli(x; λ)',
  outputs: (first) => first,
  density: (logits) => ({
    negativeLogLikelihood: (x) => sub(binaryCrossEntropy(logits, x), logNormalizer(logits)),
    center: mean(logits),
  }),
  omitted: () => 0,
  variance: () => undefined,
  support: () => unitInterval,
})
