import { resolveShape, sizeOf, stridesOf } from '../../base/shape.ts'
import { type TransposeAttributes, transposeOp } from '../ops/transpose.ts'
import type { Reference, Values } from './reference.ts'

export const transposeReference: Reference<TransposeAttributes> = {
  op: transposeOp,
  evaluate: ([x], { order }, bindings) =>
    permute(
      x,
      order,
      resolveShape(
        order.map((axis) => x.shape[axis]),
        bindings,
      ),
    ),
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
