import { concrete } from '../../base/shape.ts'
import { logSoftmaxOp, logSumExpOp, softmaxOp } from '../ops/softmax.ts'
import type { Reference, Values } from './reference.ts'

const probes = [{ inputs: [{ shape: [3, 5], low: -4, high: 4 }], attributes: {} }]

function overRows(x: Values, f: (row: Float64Array) => ArrayLike<number>, width: number): Float64Array {
  const columns = x.shape[x.shape.length - 1]
  const rows = x.data.length / columns
  const out = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++)
    out.set(f(x.data.subarray(row * columns, (row + 1) * columns)), row * width)
  return out
}

const logSumExpOf = (row: Float64Array): number => {
  const top = row.reduce((a, b) => Math.max(a, b))
  return top + Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0))
}

const width = (x: Values): number => x.shape[x.shape.length - 1]

export const softmaxReference: Reference = {
  op: softmaxOp,
  evaluate: ([x]) => ({
    data: overRows(
      x,
      (row) => {
        const log = logSumExpOf(row)
        return row.map((value) => Math.exp(value - log))
      },
      width(x),
    ),
    shape: x.shape,
  }),
  probes: probes,
}

export const logSoftmaxReference: Reference = {
  op: logSoftmaxOp,
  evaluate: ([x]) => ({
    data: overRows(
      x,
      (row) => {
        const log = logSumExpOf(row)
        return row.map((value) => value - log)
      },
      width(x),
    ),
    shape: x.shape,
  }),
  probes: probes,
}

export const logSumExpReference: Reference = {
  op: logSumExpOp,
  evaluate: ([x]) => ({
    data: overRows(x, (row) => [logSumExpOf(row)], 1),
    shape: concrete(x.shape.slice(0, -1), 'logSumExp'),
  }),
  probes: probes,
}
