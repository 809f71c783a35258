/** The Poincaré ball of curvature −c: vectors shorter than 1/√c. Ungar 2008; as Mathieu et al. 2019, §2 write it. */
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { greater } from '../../graph/ops/compare.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { minimum } from '../../graph/ops/extremum.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** Codes stay this share of the radius away from the rim, where float32 knows no distances. */
const RIM = 1e-5
const LEAST_SQUARE = 1e-12

const squaredLength = (x: Tensor): Tensor => sum(square(x), [1], true)

/** |x| [rows, 1], with a slope at 0. */
const lengthOf = (x: Tensor): Tensor => sqrt(add(squaredLength(x), LEAST_SQUARE))

/** Where a vector of the tangent plane at the center leads, a hyperbolic distance of |v| away: tanh(√c|v|/2) v/(√c|v|). */
export function fromCenter(tangent: Tensor, curvature: number): Tensor {
  const length = mul(lengthOf(tangent), Math.sqrt(curvature))
  return intoBall(mul(tangent, div(tanh(mul(length, 0.5)), length)), curvature)
}

/** a ⊕ b, Möbius addition. */
export function mobiusAdd(a: Tensor, b: Tensor, curvature: number): Tensor {
  const across = mul(sum(mul(a, b), [1], true), 2 * curvature)
  const [ofA, ofB] = [mul(squaredLength(a), curvature), mul(squaredLength(b), curvature)]
  const sumOf = add(mul(add(add(across, ofB), 1), a), mul(sub(1, ofA), b))
  return div(sumOf, add(add(across, mul(ofA, ofB)), 1))
}

/** Vectors moved off the rim, and back into the ball. */
export const intoBall = (x: Tensor, curvature: number): Tensor =>
  mul(x, minimum(div((1 - RIM) / Math.sqrt(curvature), lengthOf(x)), 1))

/** The hyperbolic distance of points from the center [rows, 1]: 2 artanh(√c|z|)/√c. */
export function distanceFromCenter(code: Tensor, curvature: number): Tensor {
  const share = minimum(mul(lengthOf(code), Math.sqrt(curvature)), 1 - RIM / 2)
  return mul(sub(log(add(share, 1)), log(sub(1, share))), 1 / Math.sqrt(curvature))
}

/** The vector of the tangent plane at the center that leads to a point, as long as its hyperbolic distance. */
export const toCenter = (code: Tensor, curvature: number): Tensor =>
  mul(code, div(distanceFromCenter(code, curvature), lengthOf(code)))

/** log (sinh x/x) of x ≥ 0. */
export function logSinhRatio(x: Tensor): Tensor {
  const isSmall = greater(0.3, x)
  const safe = where(isSmall, 1, x)
  const large = sub(add(safe, log(sub(1, exp(mul(safe, -2))))), log(mul(safe, 2)))
  const y = square(where(isSmall, x, 0))
  // x²/6 − x⁴/180 + x⁶/2835 − x⁸/37800 + x¹⁰/467775 − …
  const series = [1 / 6, -1 / 180, 1 / 2835, -1 / 37_800, 1 / 467_775, -691 / 3_831_077_250]
  const small = series.reduceRight<Tensor>((sofar, factor) => mul(y, add(sofar, factor)), mul(y, 0))
  return where(isSmall, small, large)
}

/** How much hyperbolic space is wider than flat space at tangent vectors [rows, n]: (n − 1) log(sinh √c|v|/(√c|v|)). */
export function logWidening(length: Tensor, n: number, curvature: number): Tensor {
  return mul(logSinhRatio(mul(length, Math.sqrt(curvature))), n - 1)
}
