/** Images of few grey levels, equally spaced from 0 to 1, each with a probability: logistic densities summed over a level's width. */
import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { greater } from '../../graph/ops/compare.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { logOneMinusExp } from './exact-near-zero.ts'
import type { Support } from './likelihood.ts'
import { softplusOf } from './log-beta.ts'

const MOST_LEVELS = 65_536
/** A level is a float32 and may lie this much of a level's width beside its place. */
const SLACK = 1e-3

export const levelsOption = z._default(
  z
    .int()
    .check(
      z.minimum(2),
      z.maximum(MOST_LEVELS),
      z.describe('values that an entry can take, equally spaced from 0 to 1: 256 for 8-bit images'),
    ),
  256,
)

/**
 * −log of what a logistic density about `center` of scale exp(logScale) has between the middles of x's neighbors, in nats;
 * the first and the last level have all that lies beyond them. Kingma et al. 2016, appendix C; Salimans et al. 2017, eq. 2.
 *
 * With b and a the ends in scales, σ(b) − σ(a) = σ(b)·σ(−a)·(1 − eᵃ⁻ᵇ), so that nothing is subtracted, however unlikely x.
 */
export function levelNats(x: Tensor, center: Tensor, logScale: Tensor, levels: number): Tensor {
  const [half, inverse] = [0.5 / (levels - 1), exp(neg(logScale))]
  const off = sub(x, center)
  const upper = softplusOf(neg(mul(add(off, half), inverse)))
  const lower = softplusOf(mul(sub(off, half), inverse))
  const width = neg(logOneMinusExp(mul(inverse, 2 * half)))
  const [isAboveFirst, isBelowLast] = [greater(x, half), greater(1 - half, x)]
  const below = where(isBelowLast, upper, 0)
  const within = where(isAboveFirst, where(isBelowLast, width, 0), 0)
  return add(add(below, where(isAboveFirst, lower, 0)), within)
}

/** The mean of a logistic density held within 0 and 1, that of its levels to within half a level: s·[log(1 + eᵐ/ˢ) − log(1 + e⁽ᵐ⁻¹⁾/ˢ)]. */
export function levelMean(center: Tensor, logScale: Tensor): Tensor {
  const [scale, inverse] = [exp(logScale), exp(neg(logScale))]
  const [above, beyond] = [softplusOf(mul(center, inverse)), softplusOf(mul(sub(center, 1), inverse))]
  return mul(scale, sub(above, beyond))
}

/** The levels themselves; data scaled to [0, 1] are there. */
export const levelSupport = (levels: number): Support => ({
  holds(x) {
    const level = x * (levels - 1)
    return level > -SLACK && level < levels - 1 + SLACK && Math.abs(level - Math.round(level)) < SLACK
  },
  wanted: `one of ${levels} levels from 0 to 1, which --levels counts`,
  fix: 'use --likelihood continuous-bernoulli --scaling unit',
  isUnit: true,
  levels,
})
