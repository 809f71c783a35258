import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { polynomial } from './polynomial.ts'

/** z − x: Stirling's series is about log Γ(z), and at z ≥ 5 four terms of it are exact to 1e-9. */
export const SHIFT = 5

/** Coefficients of 1/z, 1/z³, … in Stirling's series: B₂ₙ / (2n(2n − 1)). */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680] as const

/** (x + 1)(x + 2)(x + 3)(x + 4) = 24 + 50x + 35x² + 10x³ + x⁴, a float32 up to 10⁹. */
const shiftProduct = [24, 50, 35, 10, 1] as const

/** Σ cₙz¹⁻²ⁿ of Stirling's series, for z ≥ 5. */
export function stirlingRest(z: Tensor): Tensor {
  const inverse = div(1, z)
  return mul(inverse, polynomial(square(inverse), stirling))
}

/** log x! as x·log z − z + rest. */
export interface LogFactorial {
  readonly z: Tensor
  readonly logZ: Tensor
  readonly rest: Tensor
}

/**
 * log x! for x ≥ 0, in parts: a float32 of the whole errs by a nat near 10⁶, but not what is left where the large
 * parts cancel first.
 *
 * log x! = log Γ(z) − log (x + 1)…(x + 4) at z = x + 5, and log Γ(z) = (z − ½) log z − z + ½ log 2π + Σ cₙz¹⁻²ⁿ.
 */
export function logFactorial(x: Tensor): LogFactorial {
  const z = add(x, SHIFT)
  const logZ = log(z)
  const series = stirlingRest(z)
  const scaled = sub(mul(logZ, SHIFT - 0.5), log(polynomial(x, shiftProduct)))
  return { z, logZ, rest: add(add(scaled, series), 0.5 * LOG_TWO_PI) }
}
