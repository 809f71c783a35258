import { type ClipAttributes, clipOp } from '../ops/clip.ts'
import type { Reference } from './reference.ts'

export const clipReference: Reference<ClipAttributes> = {
  op: clipOp,
  evaluate: ([x], { low, high }) => ({
    data: x.data.map((value) => Math.min(Math.max(value, low), high)),
    shape: x.shape,
  }),
  probes: [{ inputs: [{ shape: [3, 4], low: -2, high: 2 }], attributes: { low: -1.03, high: 0.97 } }],
}
