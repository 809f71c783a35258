/** Functions composed of ops, needing no rules of their own. */
import { concrete, type Shape, sizeOf } from '../base/shape.ts'
import { constant } from './ops/constant.ts'
import { mul } from './ops/mul.ts'
import { axesOf, broadcastTo, sum } from './ops/sum.ts'
import type { Tensor } from './tensor.ts'

/** x². */
export const square = (x: Tensor): Tensor => mul(x, x)

/** Mean over `axes` (default all), whose extents must be known. */
export function mean(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const reduced = axesOf(x, axes, 'mean')
  const count = sizeOf(
    concrete(
      reduced.map((axis) => x.shape[axis]),
      'a mean',
    ),
  )
  return mul(sum(x, reduced, keepDims), 1 / count)
}

/** Sum over every axis but the first: one number for each example of a batch. */
export const sumPerExample = (x: Tensor): Tensor =>
  sum(
    x,
    x.shape.slice(1).map((_, axis) => axis + 1),
  )

/** Zeros of a known shape. */
export const zeros = (shape: Shape): Tensor => broadcastTo(constant(0), shape)
