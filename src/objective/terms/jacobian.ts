/** Estimates of squared Jacobians, for the terms that hold an encoder's or a decoder's slope down. */
import * as z from 'zod/mini'
import { concrete } from '../../base/shape.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { TermTrace } from '../term.ts'

export const jacobianOptions = z.strictObject({
  probes: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(100),
        z.describe('random directions that the estimate averages; more cost time and lower its variance'),
      ),
    1,
  ),
})

/**
 * Unbiased estimate of ‖∂output/∂wrt‖²_F for each row: E‖Jᵀv‖² = tr(J·Jᵀ) for v ~ N(0, I). Hutchinson 1990.
 *
 * `output` [rows, …] must depend on `wrt` [rows, …] row by row; then one reverse walk serves all rows. Gives [rows].
 */
export function squaredJacobian(
  output: Tensor,
  wrt: Tensor,
  { probes }: z.infer<typeof jacobianOptions>,
  draw: TermTrace['draw'],
): Tensor {
  const shape = concrete(output.shape, 'a Jacobian')
  const each = Array.from({ length: probes }, (_, i) => {
    const direction = draw(`probe${i + 1}`, 'normal', shape)
    const [slope] = gradient(sum(mul(output, direction)), [wrt])
    return sumPerExample(square(slope))
  })
  return mul(
    each.reduce((a, b) => add(a, b)),
    1 / probes,
  )
}
