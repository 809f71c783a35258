import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** c₀ + c₁x + c₂x² + …, of at least two coefficients. Horner's scheme. */
export function polynomial(
  x: Tensor,
  coefficients: readonly [number, number, ...(readonly number[])],
): Tensor {
  const [highest, next, ...lower] = coefficients.toReversed()
  return lower.reduce((sum, coefficient) => add(mul(sum, x), coefficient), add(mul(x, highest), next))
}
