/** Sums and their adjoint, broadcasting: each is the other's gradient, so they share a file. */
import { fail } from '../../base/errors.ts'
import {
  broadcastShapes,
  concrete,
  formatShape,
  normalizeAxes,
  type Shape,
  sameShape,
} from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { reshape } from './reshape.ts'

export type ReduceAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean }

/** The shape that is left when `axes` are reduced. */
export const reducedShape = (shape: Shape, { axes, keepDims }: ReduceAttributes): Shape =>
  keepDims
    ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    : shape.filter((_, axis) => !axes.includes(axis))

export const sumOp: OpDefinition<ReduceAttributes> = {
  name: 'sum',
  infer: ([x], attributes) => ({ dtype: 'float32', shape: reducedShape(x.shape, attributes) }),
  gradient: (upstream, { inputs: [x], attributes: { axes } }) => [
    broadcastTo(withReducedAxes(upstream, x.shape, axes), x.shape),
  ],
  onnx: (emit, [x], { attributes: { axes, keepDims } }) =>
    emit.node('ReduceSum', [x, emit.integers(axes)], { keepdims: keepDims ? 1 : 0 }),
}

/** Axes given, or all of them. */
export const axesOf = (x: Tensor, axes: readonly number[] | undefined, op: string): number[] =>
  normalizeAxes(axes ?? x.shape.map((_, axis) => axis), x.shape.length, op)

/** Sum over `axes` (default all). */
export const sum = (x: Tensor, axes?: readonly number[], keepDims = false): Tensor => {
  const normalized = axesOf(x, axes, 'sum')
  return normalized.length === 0 ? x : apply(sumOp, [x], { axes: normalized, keepDims })
}

/** Puts extents of 1 back where a reduction removed axes. */
export function withReducedAxes(reduced: Tensor, full: Shape, axes: readonly number[]): Tensor {
  const shape = reducedShape(full, { axes, keepDims: true })
  return sameShape(shape, reduced.shape) ? reduced : reshape(reduced, shape)
}

export const broadcastOp: OpDefinition<{ readonly shape: Shape }> = {
  name: 'broadcast',
  infer: ([x], { shape }) => {
    if (!sameShape(broadcastShapes(x.shape, shape, 'broadcast'), shape))
      fail({
        code: 'graph/broadcast',
        seen: `broadcast of ${formatShape(x.shape)} to ${formatShape(shape)}`,
        wanted: 'a target that repeats extents of 1',
        fix: 'reshape first, or sum instead',
      })
    return { dtype: x.dtype, shape }
  },
  gradient: (upstream, { inputs: [x] }) => [sumTo(upstream, x.shape)],
  onnx: (emit, [x], { attributes: { shape } }) =>
    emit.node('Expand', [x, emit.integers(concrete(shape, 'a broadcast'))]),
}

/** Repeats extents of 1 until the shape is `shape`. */
export const broadcastTo = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(broadcastOp, [x], { shape })

/** Sums the axes that broadcasting repeated, back to `shape`. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  const skipped = x.shape.length - shape.length
  const axes = x.shape.flatMap((extent, axis) =>
    axis < skipped || (shape[axis - skipped] === 1 && extent !== 1) ? [axis] : [],
  )
  const summed = sum(x, axes)
  return sameShape(summed.shape, shape) ? summed : reshape(summed, shape)
}
