/** Functions whose small values a float32 would lose to the 1 that is taken off or added. */
import { square } from '../../graph/functions.ts'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { clip } from '../../graph/ops/clip.ts'
import { greater } from '../../graph/ops/compare.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { polynomial } from './polynomial.ts'

/** eˣ − 1 with all its digits near 0: 2t/(1 − t), t = tanh(x/2). */
export function expMinusOne(x: Tensor): Tensor {
  const t = tanh(mul(clip(x, -1, 1), 0.5))
  return where(greater(1, square(x)), div(mul(t, 2), sub(1, t)), sub(exp(x), 1))
}

const NEAR = 0.25
/** Coefficients of t, t³, … in 2 artanh t; seven are exact to 1e-14 at t = 1/7. */
const artanhSeries = [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13] as const

/** log(1 + x) for x > −1 with all its digits near 0: 2 artanh t, t = x/(2 + x). */
export function logOnePlus(x: Tensor): Tensor {
  const isNear = greater(NEAR, abs(x))
  // Each form sees a harmless number where it is not chosen, so that no gradient is NaN.
  const near = where(isNear, x, 0)
  const t = div(near, add(near, 2))
  return where(isNear, mul(t, polynomial(square(t), artanhSeries)), log(add(where(isNear, 1, x), 1)))
}

/** log(1 − e⁻ˣ) for x > 0. */
export const logOneMinusExp = (x: Tensor): Tensor => log(mul(expMinusOne(mul(x, -1)), -1))
