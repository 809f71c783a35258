import { maxOp } from '../ops/max.ts'
import type { ReduceAttributes } from '../ops/sum.ts'
import { reduceValues } from './reduce-values.ts'
import type { Reference } from './reference.ts'

export const maxReference: Reference<ReduceAttributes> = {
  op: maxOp,
  evaluate: ([x], attributes) => reduceValues(x, attributes, Number.NEGATIVE_INFINITY, Math.max),
  probes: [
    { inputs: [{ shape: [3, 4, 2], low: -2, high: 2 }], attributes: { axes: [1], keepDims: false } },
    { inputs: [{ shape: [3, 4], low: -2, high: 2 }], attributes: { axes: [0, 1], keepDims: true } },
  ],
}
