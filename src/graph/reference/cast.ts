import { type CastAttributes, castOp } from '../ops/cast.ts'
import type { Reference } from './reference.ts'

export const castReference: Reference<CastAttributes> = {
  op: castOp,
  evaluate: ([x]) => x,
  probes: [
    { inputs: [{ shape: [3, 4], low: 0, high: 255, dtype: 'uint8' }], attributes: { dtype: 'float32' } },
  ],
}
