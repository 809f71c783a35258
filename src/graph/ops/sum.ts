/** Sums and their adjoint, broadcasting: each is the other's gradient, so they share a file. */
import { fail } from '../../base/errors.ts'
import {
  broadcastShapes,
  concrete,
  formatShape,
  normalizeAxes,
  resolveShape,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor, type Values } from '../tensor.ts'
import { reshape } from './reshape.ts'

export type ReduceAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean }

/** The shape that is left when `axes` are reduced. */
export const reducedShape = (shape: Shape, { axes, keepDims }: ReduceAttributes): Shape =>
  keepDims
    ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    : shape.filter((_, axis) => !axes.includes(axis))

/** Folds `axes` of a float64 array. */
export function reduceValues(
  x: Values,
  attributes: ReduceAttributes,
  start: number,
  fold: (sum: number, x: number) => number,
): Values {
  const kept = reducedShape(x.shape, { ...attributes, keepDims: true }) as number[]
  const strides = stridesOf(kept).map((stride, axis) => (attributes.axes.includes(axis) ? 0 : stride))
  const from = stridesOf(x.shape)
  const data = new Float64Array(sizeOf(kept)).fill(start)
  for (let at = 0; at < x.data.length; at++) {
    let to = 0
    for (let axis = 0; axis < x.shape.length; axis++)
      to += (Math.floor(at / from[axis]) % x.shape[axis]) * strides[axis]
    data[to] = fold(data[to], x.data[at])
  }
  return { data, shape: reducedShape(x.shape, attributes) as number[] }
}

export const sumOp: OpDefinition<ReduceAttributes> = {
  name: 'sum',
  infer: ([x], attributes) => ({ dtype: 'float32', shape: reducedShape(x.shape, attributes) }),
  gradient: (upstream, { inputs: [x], attributes: { axes } }) => [
    broadcastTo(withReducedAxes(upstream, x.shape, axes), x.shape),
  ],
  reference: ([x], attributes) => reduceValues(x, attributes, 0, (sum, value) => sum + value),
  onnx: (emit, [x], { attributes: { axes, keepDims } }) =>
    emit.node('ReduceSum', [x, emit.integers(axes)], { keepdims: keepDims ? 1 : 0 }),
  probes: [
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [1], keepDims: false } },
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [0, 2], keepDims: true } },
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [0, 1], keepDims: false } },
  ],
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
  reference: ([x], { shape }, bindings) => broadcastReference(x, resolveShape(shape, bindings)),
  onnx: (emit, [x], { attributes: { shape } }) =>
    emit.node('Expand', [x, emit.integers(concrete(shape, 'a broadcast'))]),
  probes: [
    { inputs: [{ shape: [3, 1], low: -2, high: 2 }], attributes: { shape: [2, 3, 4] } },
    { inputs: [{ shape: [2], low: -2, high: 2 }], attributes: { shape: [3, 2] } },
  ],
}

function broadcastReference(x: Values, shape: number[]): Values {
  const strides = stridesOf(x.shape)
  const to = stridesOf(shape)
  const skipped = shape.length - x.shape.length
  const data = new Float64Array(sizeOf(shape))
  for (let at = 0; at < data.length; at++) {
    let from = 0
    for (let axis = skipped; axis < shape.length; axis++)
      if (x.shape[axis - skipped] !== 1)
        from += (Math.floor(at / to[axis]) % shape[axis]) * strides[axis - skipped]
    data[at] = x.data[from]
  }
  return { data, shape }
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
