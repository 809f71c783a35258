import * as z from 'zod/mini'
import { activations } from '../layers/activation.ts'
import { defineConvolutional, refuseSize } from './convolutional.ts'

const NAME = 'locatello'

/** Sides are halved four times. */
const MULTIPLE = 16
const kernels = { encoder: [4, 4, 2, 2], decoder: [4, 4, 4, 4] }

/**
 * Convolutions 32k4-32k4-64k2-64k2 with stride 2 and dense 256; decoder dense 256-1024, to 4×4×64, and transposed
 * convolutions 64-32-32-channels of kernel 4. Locatello et al. 2019, appendix, with the kernels of its code.
 */
export const locatello = defineConvolutional({
  name: NAME,
  summary: 'convolutions 32-32-64-64, dense 256; decoder 64-32-32; for 64×64 (Locatello et al. 2019)',
  options: z.strictObject({}),
  net(size, _, half) {
    if (size.some((side) => side % MULTIPLE !== 0))
      refuseSize(NAME, size, `sides that are multiples of ${MULTIPLE}, such as 64×64`)
    return {
      convolutions: [32, 32, 64, 64].map((filters, i) => ({ filters, kernel: kernels[half][i], stride: 2 })),
      hidden: [256],
      activation: 'relu',
      refine: activations.relu,
    }
  },
})
