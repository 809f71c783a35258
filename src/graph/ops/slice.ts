/** Cutting a block out and padding with zeros: each is the other's gradient. */
import { fail } from '../../base/errors.ts'
import { concrete, formatShape, type Shape } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type SliceAttributes = { readonly axis: number; readonly start: number; readonly end: number }
export type PadAttributes = { readonly axis: number; readonly before: number; readonly after: number }

/** A shape whose extent along an axis is another. */
export const withExtent = (shape: Shape, axis: number, extent: number): Shape =>
  shape.map((old, i) => (i === axis ? extent : old))

export const sliceOp: OpDefinition<SliceAttributes> = {
  name: 'slice',
  infer: ([x], { axis, start, end }) => {
    const extent = x.shape[axis]
    if (!(start >= 0 && start < end && (typeof extent === 'string' || end <= extent)))
      fail({
        code: 'graph/slice',
        seen: `slice ${start}..${end} of axis ${axis} of ${formatShape(x.shape)}`,
        wanted: 'a non-empty range inside the axis',
        fix: 'check the range against the shape',
      })
    return { dtype: x.dtype, shape: withExtent(x.shape, axis, end - start) }
  },
  gradient: (upstream, { inputs: [x], attributes: { axis, start, end } }) => {
    const [extent] = concrete([x.shape[axis]], 'the gradient of a slice')
    return [pad(upstream, axis, start, extent - end)]
  },
  onnx: (emit, [x], { attributes: { axis, start, end } }) =>
    emit.node('Slice', [x, emit.integers([start]), emit.integers([end]), emit.integers([axis])]),
}

/** Entries start … end−1 of one axis. */
export const slice = (x: Tensor, axis: number, start: number, end: number): Tensor => {
  const counted = axis < 0 ? axis + x.shape.length : axis
  return start === 0 && end === x.shape[counted] ? x : apply(sliceOp, [x], { axis: counted, start, end })
}

export const padOp: OpDefinition<PadAttributes> = {
  name: 'pad',
  infer: ([x], { axis, before, after }) => {
    const [extent] = concrete([x.shape[axis]], 'a pad')
    return { dtype: x.dtype, shape: withExtent(x.shape, axis, before + extent + after) }
  },
  gradient: (upstream, { inputs: [x], attributes: { axis, before } }) => {
    const [extent] = concrete([x.shape[axis]], 'the gradient of a pad')
    return [slice(upstream, axis, before, before + extent)]
  },
  onnx: (emit, [x], { inputs, attributes: { axis, before, after } }) => {
    const at = (extent: number) => inputs[0].shape.map((_, i) => (i === axis ? extent : 0))
    return emit.node('Pad', [x, emit.integers([...at(before), ...at(after)])])
  },
}

/** Zeros before and after one axis. */
export const pad = (x: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0 ? x : apply(padOp, [x], { axis, before, after })
