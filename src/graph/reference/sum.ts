import { resolveShape, type Shape, sizeOf, stridesOf } from '../../base/shape.ts'
import { broadcastOp, type ReduceAttributes, sumOp } from '../ops/sum.ts'
import { reduceValues } from './reduce-values.ts'
import type { Reference, Values } from './reference.ts'

export const sumReference: Reference<ReduceAttributes> = {
  op: sumOp,
  evaluate: ([x], attributes) => reduceValues(x, attributes, 0, (sum, value) => sum + value),
  probes: [
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [1], keepDims: false } },
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [0, 2], keepDims: true } },
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [0, 1], keepDims: false } },
    { inputs: [{ shape: [3, 4, 2, 5], low: -2, high: 2 }], attributes: { axes: [0, 2, 3], keepDims: false } },
  ],
}

export const broadcastReference: Reference<{ readonly shape: Shape }> = {
  op: broadcastOp,
  evaluate: ([x], { shape }, bindings) => repeated(x, resolveShape(shape, bindings)),
  probes: [
    { inputs: [{ shape: [3, 1], low: -2, high: 2 }], attributes: { shape: [2, 3, 4] } },
    { inputs: [{ shape: [2], low: -2, high: 2 }], attributes: { shape: [3, 2] } },
  ],
}

function repeated(x: Values, shape: number[]): Values {
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
