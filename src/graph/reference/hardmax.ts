import { hardmaxOp } from '../ops/hardmax.ts'
import type { Reference } from './reference.ts'

export const hardmaxReference: Reference = {
  op: hardmaxOp,
  evaluate: ([{ data, shape }]) => {
    const width = shape[shape.length - 1]
    const out = new Float64Array(data.length)
    for (let start = 0; start < data.length; start += width) {
      const row = data.subarray(start, start + width)
      out[start + row.indexOf(row.reduce((a, b) => Math.max(a, b)))] = 1
    }
    return { data: out, shape }
  },
  probes: [
    { inputs: [{ shape: [3, 5], low: -2, high: 2 }], attributes: {} },
    { inputs: [{ shape: [2, 3, 4], low: -2, high: 2 }], attributes: {} },
    // Whole numbers, of which several may be the greatest.
    { inputs: [{ shape: [6, 4], low: 0, high: 3, dtype: 'int32' }], attributes: {} },
  ],
}
