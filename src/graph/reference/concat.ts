import { sizeOf, stridesOf } from '../../base/shape.ts'
import { type ConcatAttributes, concatOp } from '../ops/concat.ts'
import type { Reference } from './reference.ts'

export const concatReference: Reference<ConcatAttributes> = {
  op: concatOp,
  evaluate: (inputs, { axis }) => {
    const total = inputs.reduce((sum, input) => sum + input.shape[axis], 0)
    const shape = inputs[0].shape.map((extent, i) => (i === axis ? total : extent))
    const data = new Float64Array(sizeOf(shape))
    const outer = sizeOf(shape.slice(0, axis))
    const inner = stridesOf(shape)[axis]
    let to = 0
    for (let block = 0; block < outer; block++)
      for (const input of inputs) {
        const run = input.shape[axis] * inner
        data.set(input.data.subarray(block * run, (block + 1) * run), to)
        to += run
      }
    return { data, shape }
  },
  probes: [
    {
      inputs: [
        { shape: [2, 3], low: -2, high: 2 },
        { shape: [2, 2], low: -2, high: 2 },
      ],
      attributes: { axis: 1 },
    },
  ],
}
