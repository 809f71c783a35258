import { greater } from './compare.ts'
import { unary } from './elementwise.ts'
import { where } from './where.ts'

/** max(x, 0), with gradient 0 at 0. */
export const relu = unary({
  name: 'relu',
  value: (x) => Math.max(x, 0),
  gradient: (upstream, _, y) => where(greater(y, 0), upstream, 0),
  onnx: 'Relu',
  probes: [{ shape: [3, 4], low: -2, high: 2, awayFromZero: 0.1 }],
})
