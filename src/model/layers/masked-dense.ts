import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { mul } from '../../graph/ops/mul.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'

/**
 * A dense layer [rows, from.length] to [rows, to.length] in which unit j sees input i only where from[i] ≤ to[j].
 *
 * Degrees order what may depend on what, as in MADE: Germain et al. 2015, eq. 12 and 13. It starts as `dense` does.
 */
export function maskedDense(
  x: Tensor,
  from: readonly number[],
  to: readonly number[],
  declare: Declare,
): Tensor {
  const shape = [to.length, from.length]
  const bound = 1 / Math.sqrt(from.length)
  const mask = to.flatMap((high) => from.map((low) => (low <= high ? 1 : 0)))
  const weight = mul(declare('weight', shape, bound), constant(mask, shape))
  return add(matmul(x, weight, { transposeB: true }), declare('bias', [to.length], bound))
}
