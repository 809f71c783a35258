import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

export type TransposeAttributes = { readonly order: readonly number[] }

export const transposeOp: OpDefinition<TransposeAttributes> = {
  name: 'transpose',
  infer: ([x], { order }) => ({ dtype: x.dtype, shape: order.map((axis) => x.shape[axis]) }),
  gradient: (upstream, { attributes: { order } }) => [
    transpose(
      upstream,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
  onnx: (emit, [x], { attributes: { order } }) => emit.node('Transpose', [x], { perm: order }),
}

/** Axes in another order (default: reversed). */
export const transpose = (
  x: Tensor,
  order: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis),
): Tensor => (order.every((axis, i) => axis === i) ? x : apply(transposeOp, [x], { order }))
