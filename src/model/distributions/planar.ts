import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { flowedLatent, type Moved } from './flowed.ts'

/** wᵀu stays this far above −1, where a step would fold. */
export const ABOVE_FOLD = 1e-4
/** Keeps a direction of no length from being divided by it. */
const LEAST_LENGTH = 1e-8

/**
 * z ← z + û tanh(wᵀz + b), which stretches space by 1 + tanh′(wᵀz + b) wᵀû. It is invertible where wᵀû > −1, so û is u
 * moved along w until it is. Rezende & Mohamed 2015, eq. 10 to 12 and appendix A.1.
 */
export const planar = flowedLatent({
  name: 'planar',
  summary: 'a diagonal Gaussian bent by planar flow, one plane after another',
  paper: 'Rezende & Mohamed 2015, eq. 10 to 12',
  steps: 10,
  width: (size) => 2 * size + 1,
  move: planarStep,
})

/** One planar transformation of codes [rows, size] by u, w and b [rows, 2 · size + 1]. */
export function planarStep(code: Tensor, parameters: Tensor): Moved {
  const [rows, size] = code.shape
  const count = size as number
  const u = slice(parameters, 1, 0, count)
  const w = slice(parameters, 1, count, 2 * count)
  const b = slice(parameters, 1, 2 * count, 2 * count + 1)
  const along = sum(mul(w, u), [1], true)
  const wanted = add(softplus(along), ABOVE_FOLD - 1)
  const length = sum(square(w), [1], true)
  const bent = add(u, mul(sub(wanted, along), div(w, add(length, LEAST_LENGTH))))
  const wave = tanh(add(sum(mul(w, code), [1], true), b))
  const slope = sum(mul(w, bent), [1], true)
  const stretch = add(mul(sub(1, square(wave)), slope), 1)
  return { code: add(code, mul(bent, wave)), shrinkage: neg(log(reshape(stretch, [rows]))) }
}
