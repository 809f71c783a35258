import { resolveShape } from '../../base/shape.ts'
import { type ReshapeAttributes, reshapeOp } from '../ops/reshape.ts'
import type { Reference } from './reference.ts'

export const reshapeReference: Reference<ReshapeAttributes> = {
  op: reshapeOp,
  evaluate: ([x], { shape }, bindings) => ({ data: x.data, shape: resolveShape(shape, bindings) }),
  probes: [{ inputs: [{ shape: [3, 4], low: -2, high: 2 }], attributes: { shape: [2, 6] } }],
}
