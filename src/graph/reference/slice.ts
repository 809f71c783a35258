import { sizeOf, stridesOf } from '../../base/shape.ts'
import { type PadAttributes, padOp, type SliceAttributes, sliceOp, withExtent } from '../ops/slice.ts'
import type { Reference, Values } from './reference.ts'

/** Copies runs along `axis`, of the same number in `x` and in the result. */
function copyAlong(x: Values, axis: number, extent: number, from: number, to: number, count: number): Values {
  const shape = withExtent(x.shape, axis, extent) as number[]
  const inner = stridesOf(x.shape)[axis]
  const data = new Float64Array(sizeOf(shape))
  const outer = sizeOf(x.shape.slice(0, axis))
  for (let block = 0; block < outer; block++) {
    const start = (block * x.shape[axis] + from) * inner
    data.set(x.data.subarray(start, start + count * inner), (block * extent + to) * inner)
  }
  return { data, shape }
}

export const sliceReference: Reference<SliceAttributes> = {
  op: sliceOp,
  evaluate: ([x], { axis, start, end }) => copyAlong(x, axis, end - start, start, 0, end - start),
  probes: [
    { inputs: [{ shape: [3, 5, 2], low: -2, high: 2 }], attributes: { axis: 1, start: 1, end: 4 } },
    { inputs: [{ shape: [3, 5], low: -2, high: 2 }], attributes: { axis: 0, start: 0, end: 2 } },
  ],
}

export const padReference: Reference<PadAttributes> = {
  op: padOp,
  evaluate: ([x], { axis, before, after }) =>
    copyAlong(x, axis, before + x.shape[axis] + after, 0, before, x.shape[axis]),
  probes: [
    { inputs: [{ shape: [3, 4], low: -2, high: 2 }], attributes: { axis: 1, before: 2, after: 1 } },
    { inputs: [{ shape: [2, 3, 2], low: -2, high: 2 }], attributes: { axis: 0, before: 0, after: 2 } },
  ],
}
