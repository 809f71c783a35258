import { sizeOf } from '../../base/shape.ts'
import { gatherOp, type ScatterAttributes, scatterAddOp } from '../ops/gather.ts'
import type { Reference } from './reference.ts'

const indices = { shape: [5], low: 0, high: 2, dtype: 'int32' } as const

export const gatherReference: Reference = {
  op: gatherOp,
  evaluate: ([x, rows]) => {
    const width = sizeOf(x.shape.slice(1))
    const shape = [...rows.shape, ...x.shape.slice(1)]
    const data = new Float64Array(sizeOf(shape))
    rows.data.forEach((row, i) => {
      data.set(x.data.subarray(row * width, (row + 1) * width), i * width)
    })
    return { data, shape }
  },
  probes: [{ inputs: [{ shape: [3, 2], low: -2, high: 2 }, indices], attributes: {} }],
}

export const scatterAddReference: Reference<ScatterAttributes> = {
  op: scatterAddOp,
  evaluate: ([x, at], { rows }) => {
    const rest = x.shape.slice(at.shape.length)
    const width = sizeOf(rest)
    const data = new Float64Array(rows * width)
    at.data.forEach((row, i) => {
      for (let k = 0; k < width; k++) data[row * width + k] += x.data[i * width + k]
    })
    return { data, shape: [rows, ...rest] }
  },
  probes: [{ inputs: [{ shape: [5, 2], low: -2, high: 2 }, indices], attributes: { rows: 3 } }],
}
