import { resolveShape, sizeOf, stridesOf } from '../../base/shape.ts'
import { apply, type OpDefinition, type Tensor, type Values } from '../tensor.ts'

type TransposeAttributes = { readonly order: readonly number[] }

export const transposeOp: OpDefinition<TransposeAttributes> = {
  name: 'transpose',
  infer: ([x], { order }) => ({ dtype: x.dtype, shape: order.map((axis) => x.shape[axis]) }),
  gradient: (upstream, { attributes: { order } }) => [
    transpose(
      upstream,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
  reference: ([x], { order }, bindings) =>
    permute(
      x,
      order,
      resolveShape(
        order.map((axis) => x.shape[axis]),
        bindings,
      ),
    ),
  onnx: (emit, [x], { attributes: { order } }) => emit.node('Transpose', [x], { perm: order }),
  probes: [{ inputs: [{ shape: [2, 3, 4], low: -2, high: 2 }], attributes: { order: [2, 0, 1] } }],
}

function permute(x: Values, order: readonly number[], shape: number[]): Values {
  const from = stridesOf(x.shape)
  const to = stridesOf(shape)
  const data = new Float64Array(sizeOf(shape))
  for (let at = 0; at < data.length; at++) {
    let source = 0
    for (let axis = 0; axis < shape.length; axis++)
      source += (Math.floor(at / to[axis]) % shape[axis]) * from[order[axis]]
    data[at] = x.data[source]
  }
  return { data, shape }
}

/** Axes in another order (default: reversed). */
export const transpose = (
  x: Tensor,
  order: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis),
): Tensor => (order.every((axis, i) => axis === i) ? x : apply(transposeOp, [x], { order }))
