import { z } from 'zod'
import { type ConcreteShape, concrete } from '../../base/shape.ts'
import { activations } from '../layers/activation.ts'
import type { ImageSize } from '../layers/spatial.ts'
import { defineArchitecture } from './architecture.ts'
import { type ConvolutionalNet, decodeImage, encodeImage, imageSize, refuseSize } from './convolutional.ts'

const NAME = 'burgess'

/** Sides below this are halved three times, others four times. */
const FULL = 64
const SMALLEST = 32

function halvingsOf(size: ImageSize): number {
  const halvings = Math.min(...size) < FULL ? 3 : 4
  const fits = Math.min(...size) >= SMALLEST && size.every((side) => side % 2 ** halvings === 0)
  if (!fits) refuseSize(NAME, size, 'sides that are multiples of 16 from 64 up, or multiples of 8 from 32 up')
  return halvings
}

const netFor = (shape: ConcreteShape): ConvolutionalNet => ({
  convolutions: Array.from({ length: halvingsOf(imageSize(shape, NAME)) }, () => ({
    filters: 32,
    kernel: 4,
    stride: 2,
  })),
  hidden: [256, 256],
  activation: 'relu',
  refine: activations.relu,
})

/**
 * Four convolutions of 32 filters and two dense layers of 256, mirrored. Burgess et al. 2018, appendix A.
 *
 * Where a side is below 64 there are three convolutions, as the widely used reimplementations have it at 32×32.
 */
export const burgess = defineArchitecture({
  name: NAME,
  summary: 'four convolutions of 32 filters, dense 256-256, mirrored; for 64×64 (Burgess et al. 2018)',
  options: z.strictObject({}),
  encode: (x, layers) => encodeImage(x, layers, netFor(concrete(x.shape.slice(1), 'an encoder'))),
  decode: (code, shape, layers) => decodeImage(code, shape, layers, netFor(shape)),
})
