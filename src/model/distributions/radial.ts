import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { flowedLatent, type Moved } from './flowed.ts'

/** Added to a squared distance, so that its root has a slope at the center. */
const LEAST_SQUARE = 1e-12
/** α and α + β stay this far above 0, where a step would fold. */
const ABOVE_FOLD = 1e-4

/**
 * z ← z + β (z − c)/(α + r), r = |z − c|, which stretches space by (1 + βh)^(d−1) (1 + βα h²), h = 1/(α + r). It is
 * invertible where β ≥ −α, so α and α + β are softplus of what the encoder says. Rezende & Mohamed 2015, eq. 14 and
 * appendix A.2.
 */
export const radial = flowedLatent({
  name: 'radial',
  summary: 'a diagonal Gaussian bent by radial flow, about one point after another',
  paper: 'Rezende & Mohamed 2015, eq. 14',
  steps: 10,
  width: (size) => size + 2,
  move: radialStep,
})

/** One radial transformation of codes [rows, size] by c, and α and α + β before softplus [rows, size + 2]. */
export function radialStep(code: Tensor, parameters: Tensor): Moved {
  const [rows, size] = code.shape
  const count = size as number
  const off = sub(code, slice(parameters, 1, 0, count))
  const alpha = add(softplus(slice(parameters, 1, count, count + 1)), ABOVE_FOLD)
  const beta = sub(add(softplus(slice(parameters, 1, count + 1, count + 2)), ABOVE_FOLD), alpha)
  const squared = sum(square(off), [1], true)
  const distance = sqrt(add(squared, LEAST_SQUARE))
  const h = div(1, add(alpha, distance))
  const across = add(mul(beta, h), 1)
  // The slope of r along itself is |z − c|²/r, which is r but for what was added below the root.
  const outward = sub(across, mul(mul(beta, square(h)), div(squared, distance)))
  const stretch = add(mul(log(across), count - 1), log(outward))
  return { code: add(code, mul(mul(beta, h), off)), shrinkage: neg(reshape(stretch, [rows])) }
}
