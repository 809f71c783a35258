/**
 * Two-dimensional convolution and its two adjoints, in one file because each is a gradient of the others.
 *
 * All three are faces of one trilinear form T(x, w, y) = Σ y[n,o,p,q] · w[o,c,i,j] · x[n,c,p·s+i−t,q·s+j−l]:
 * `conv2d` is ∂T/∂y, `convTranspose2d` ∂T/∂x and `convWeight2d` ∂T/∂w. So their gradients are one another.
 */
import { fail } from '../../base/errors.ts'
import { concrete, type Dim, formatShape, type Shape } from '../../base/shape.ts'
import { convolution } from '../onnx/convolution.ts'
import type { ConvolutionShape } from '../onnx/convolution-faces.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

/** A type, not an interface, so that it is a record of attributes. */
export type Convolution = {
  /** Height and width of x, which a strided transpose cannot tell from y. */
  readonly size: readonly [height: number, width: number]
  readonly kernel: readonly [height: number, width: number]
  readonly stride: readonly [height: number, width: number]
  readonly padding: readonly [top: number, left: number, bottom: number, right: number]
}

/** Height and width of y. */
export const convolvedSize = ({
  size,
  kernel,
  stride,
  padding: [top, left, bottom, right],
}: Convolution): [number, number] => [
  Math.floor((size[0] + top + bottom - kernel[0]) / stride[0]) + 1,
  Math.floor((size[1] + left + right - kernel[1]) / stride[1]) + 1,
]

function refuseShapes(op: string, a: Shape, b: Shape): never {
  return fail({
    code: 'graph/convolution',
    seen: `${op} of ${formatShape(a)} and ${formatShape(b)}`,
    wanted: 'x [batch, channels, height, width], w [filters, channels, height, width] that fit each other',
    fix: 'check channels, kernel, stride and padding',
  })
}

const shapeOf = (x: Shape, filters: Dim, form: Convolution): ConvolutionShape => ({
  ...form,
  batch: x[0],
  channels: x[1],
  filters,
  grid: convolvedSize(form),
})

export const conv2dOp: OpDefinition<Convolution> = {
  name: 'conv2d',
  infer: ([x, w], form) => {
    const [rows, columns] = convolvedSize(form)
    if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[1] !== w.shape[1] || rows < 1 || columns < 1)
      refuseShapes('conv2d', x.shape, w.shape)
    return { dtype: 'float32', shape: [x.shape[0], w.shape[0], rows, columns] }
  },
  gradient: (upstream, { inputs: [x, w], attributes }) => [
    apply(convTranspose2dOp, [upstream, w], attributes),
    apply(convWeight2dOp, [x, upstream], attributes),
  ],
  onnx: (emit, [x, w, bias], { inputs, shape, attributes }) =>
    convolution(emit, 'y', shapeOf(inputs[0].shape, shape[1], attributes)).y(x, w, bias),
}

export const convTranspose2dOp: OpDefinition<Convolution> = {
  name: 'convTranspose2d',
  infer: ([y, w], form) => {
    const [rows, columns] = convolvedSize(form)
    if (y.shape[1] !== w.shape[0] || y.shape[2] !== rows || y.shape[3] !== columns)
      refuseShapes('convTranspose2d', y.shape, w.shape)
    return { dtype: 'float32', shape: [y.shape[0], w.shape[1], ...form.size] }
  },
  gradient: (upstream, { inputs: [y, w], attributes }) => [
    apply(conv2dOp, [upstream, w], attributes),
    apply(convWeight2dOp, [upstream, y], attributes),
  ],
  onnx: (emit, [y, w, bias], { inputs, shape, attributes }) =>
    convolution(emit, 'x', shapeOf(shape, inputs[0].shape[1], attributes)).x(y, w, bias),
}

export const convWeight2dOp: OpDefinition<Convolution> = {
  name: 'convWeight2d',
  infer: ([x, y], form) => ({ dtype: 'float32', shape: [y.shape[1], x.shape[1], ...form.kernel] }),
  gradient: (upstream, { inputs: [x, y], attributes }) => [
    apply(convTranspose2dOp, [y, upstream], attributes),
    apply(conv2dOp, [x, upstream], attributes),
  ],
  onnx: (emit, [x, y], { inputs, attributes }) =>
    convolution(emit, 'w', shapeOf(inputs[0].shape, inputs[1].shape[1], attributes)).w(x, y),
}

/** @inline */
export interface ConvolutionOptions {
  readonly stride?: readonly [number, number]
  readonly padding?: readonly [number, number, number, number]
}

/** Cross-correlation of x [n, c, h, w] with filters w [o, c, kh, kw]. */
export function conv2d(
  x: Tensor,
  w: Tensor,
  { stride = [1, 1], padding = [0, 0, 0, 0] }: ConvolutionOptions = {},
): Tensor {
  const [height, width] = concrete(x.shape.slice(2), 'a convolution')
  const [tall, wide] = concrete(w.shape.slice(2), 'a convolution')
  return apply(conv2dOp, [x, w], { size: [height, width], kernel: [tall, wide], stride, padding })
}

/** The adjoint of `conv2d`: y [n, o, p, q] and w [o, c, kh, kw] to [n, c, size]. */
export function convTranspose2d(
  y: Tensor,
  w: Tensor,
  size: readonly [number, number],
  { stride = [1, 1], padding = [0, 0, 0, 0] }: ConvolutionOptions = {},
): Tensor {
  const [tall, wide] = concrete(w.shape.slice(2), 'a convolution')
  return apply(convTranspose2dOp, [y, w], { size, kernel: [tall, wide], stride, padding })
}
