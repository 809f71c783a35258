import { takeRows, toFloat32 } from '../../base/arrays.ts'
import { permutation, streams } from '../../base/random.ts'
import { defineSampler, storedCodes } from './sampler.ts'

/** Codes of training examples in a drawn order; each comes back only after all have been used. */
export const aggregate = defineSampler({
  name: 'aggregate',
  summary: 'the aggregate posterior: codes of training examples, as they are',
  prepare(known) {
    const codes = storedCodes(known)
    const [stored, latent] = codes.shape
    return (count, seed) => {
      const order = new Uint32Array(count)
      for (let pass = 0; pass * stored < count; pass++) {
        const shuffled = permutation(stored, { seed, stream: streams.sampler, step: pass })
        order.set(shuffled.subarray(0, count - pass * stored), pass * stored)
      }
      return { data: toFloat32(takeRows(codes, order).data), shape: [count, latent] }
    }
  },
})
