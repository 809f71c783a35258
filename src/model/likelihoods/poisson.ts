import * as z from 'zod/mini'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { expMinusOne } from './exact-near-zero.ts'
import { defineLikelihood, type Support } from './likelihood.ts'
import { logFactorial, SHIFT } from './log-factorial.ts'

/**
 * eʳ − x·r + log x!, with d = r − log z and log x! = x·log z − z + rest: z(eᵈ − 1 − d) + (z − x)d + rest.
 *
 * So the large parts of high counts are never added: where the rate fits, a float32 errs by a few thousandths of a nat
 * at 10⁶, not by whole ones.
 */
export function poissonNats(x: Tensor, logRate: Tensor): Tensor {
  const { z: shifted, logZ, rest } = logFactorial(x)
  const distance = sub(logRate, logZ)
  const misfit = mul(shifted, sub(expMinusOne(distance), distance))
  return add(add(misfit, mul(distance, SHIFT)), rest)
}

/** r, held within ±20 as log-variances are: eʳ cannot overflow, and the gradient never stops. */
export const logRateOf = boundLogVariance

/** The numbers 0, 1, 2, … */
export const counts: Support = {
  holds: (x) => Number.isInteger(x) && x >= 0,
  wanted: 'whole numbers from 0 on',
  isWhole: true,
}

/** log(1 + x), since counts span decades. */
export const shownCounts = (x: Tensor): Tensor => log(add(abs(x), 1))

/**
 * Each entry is a count with rate eʳ: −log p = eʳ − x·r + log x!.
 *
 * The decoder gives r.
 */
export const poisson = defineLikelihood({
  name: 'poisson',
  summary: 'each entry is a count, 0, 1, 2, …; computed from the logarithm of its rate',
  options: z.strictObject({}),
  formula: () => '−log Poisson(x; x̂)',
  outputs: (first) => first,
  shown: shownCounts,
  density(output) {
    const logRate = logRateOf(output)
    return {
      negativeLogLikelihood: (x) => poissonNats(x, logRate),
      center: exp(logRate),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => counts,
})
