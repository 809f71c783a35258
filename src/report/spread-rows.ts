import { permutation, streams } from '../base/random.ts'

/** Up to `count` numbers below `total`, by chance but always the same, in order. */
export const spreadRows = (total: number, count: number): Uint32Array =>
  permutation(total, { seed: 0, stream: streams.evaluation, step: 0 }).subarray(0, count).sort()
