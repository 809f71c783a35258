import * as z from 'zod/mini'
import { activations } from '../layers/activation.ts'
import type { ImageSize } from '../layers/spatial.ts'
import { defineConvolutional, refuseSize } from './convolutional.ts'

const NAME = 'burgess'

/** Sides below this are halved three times, others four times. */
const FULL = 64
const SMALLEST = 32

function halvingsOf(size: ImageSize): number {
  const halvings = Math.min(...size) < FULL ? 3 : 4
  const fits = Math.min(...size) >= SMALLEST && size.every((side) => side % 2 ** halvings === 0)
  if (!fits) refuseSize(NAME, size, 'sides that are multiples of 16 from 64 up, or of 8 from 32 up')
  return halvings
}

/**
 * Four convolutions of 32 filters and two dense layers of 256, mirrored. Burgess et al. 2018, appendix A.
 *
 * Where a side is below 64 there are three convolutions, as the usual reimplementations have it at 32×32.
 */
export const burgess = defineConvolutional({
  name: NAME,
  summary: 'four convolutions of 32 filters, dense 256-256, mirrored; for 64×64 (Burgess et al. 2018)',
  options: z.strictObject({}),
  net: (size) => ({
    convolutions: new Array(halvingsOf(size)).fill({ filters: 32, kernel: 4, stride: 2 }),
    hidden: [256, 256],
    activation: 'relu',
    refine: activations.relu,
  }),
})
