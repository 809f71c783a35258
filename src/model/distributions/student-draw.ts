import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { slice } from '../../graph/ops/slice.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** Keeps a pair of no length from being divided by it. */
const LEAST = 1e-20

/**
 * Draws of Student's t with ν degrees of freedom [rows, size] from pairs of normal numbers [rows, 2 · size]: the first of a
 * pair, lengthened by √((eʷ − 1)/w), w its squared length over ν. Bailey 1994: exact, and smooth in ν, which is a number
 * or [rows, size].
 */
export function studentDraw(noise: Tensor, degrees: number | Tensor): Tensor {
  const size = (noise.shape[1] as number) / 2
  const first = slice(noise, 1, 0, size)
  const second = slice(noise, 1, size, 2 * size)
  const w = div(add(add(square(first), square(second)), LEAST), degrees)
  // eʷ − 1 = (eʷ + 1) tanh(w/2), which keeps its digits near 0.
  return mul(first, sqrt(div(mul(add(exp(w), 1), tanh(mul(w, 0.5))), w)))
}
