import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { flowedLatent, type Moved } from './flowed.ts'

/** A vector of no length reflects nothing. */
const LEAST_LENGTH = 1e-12

/**
 * z ← z − 2 v vᵀz/|v|², a reflection, which keeps volumes: several of them turn the axes of a diagonal Gaussian, so that
 * its covariance is full. Tomczak & Welling 2016, eq. 10.
 */
export const householder = flowedLatent({
  name: 'householder',
  summary: 'a Gaussian whose axes are turned by reflections: a full covariance, by linear flow',
  paper: 'Tomczak & Welling 2016, eq. 10',
  steps: 4,
  width: (size) => size,
  move: reflect,
})

/** The reflection of codes [rows, size] at the plane across v [rows, size]. */
export function reflect(code: Tensor, v: Tensor): Moved {
  const share = div(sum(mul(v, code), [1], true), add(sum(square(v), [1], true), LEAST_LENGTH))
  return { code: sub(code, mul(mul(share, 2), v)) }
}
