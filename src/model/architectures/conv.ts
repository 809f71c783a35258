import { z } from 'zod'
import { fail } from '../../base/errors.ts'
import { type ConcreteShape, concrete } from '../../base/shape.ts'
import { activations } from '../layers/activation.ts'
import { groupNorm } from '../layers/group-norm.ts'
import { defineArchitecture } from './architecture.ts'
import { type ConvolutionalNet, decodeImage, encodeImage, imageSize } from './convolutional.ts'
import { sizedOptions, widthsFor } from './sized.ts'

const { widths, hidden, groups, activation } = sizedOptions

const options = z.strictObject({
  widths,
  kernel: z.int().positive().max(64).default(4).describe('side of every convolution'),
  strides: z
    .array(z.int().positive().max(64))
    .min(1)
    .default([2])
    .describe('stride of each convolution; the last one counts for the rest'),
  hidden,
  norm: z.enum(['none', 'group']).default('none').describe('normalization after each convolution'),
  groups,
  activation,
})
type Options = z.infer<typeof options>

function netFor(shape: ConcreteShape, { kernel, norm, strides, ...chosen }: Options): ConvolutionalNet {
  const filters = chosen.widths ?? widthsFor(imageSize(shape, 'conv'))
  if (strides.length > filters.length)
    fail({
      code: 'model/strides',
      seen: `${strides.length} strides for ${filters.length} convolutions`,
      wanted: 'no more strides than widths',
      fix: 'drop strides, or give --widths',
      usage: true,
    })
  const active = activations[chosen.activation]
  return {
    convolutions: filters.map((width, i) => ({
      filters: width,
      kernel,
      stride: strides[Math.min(i, strides.length - 1)],
    })),
    hidden: chosen.hidden,
    activation: chosen.activation,
    refine: (h, layers, i) => active(norm === 'group' ? groupNorm(h, chosen.groups, layers(`norm.${i}`)) : h),
  }
}

/**
 * Strided convolutions and dense layers, mirrored, for images of any size: 28×28 goes to 14×14×32 and 7×7×64.
 *
 * With SAME padding a side s becomes ⌈s/stride⌉; the decoder goes back through the very same sizes.
 */
export const conv = defineArchitecture({
  name: 'conv',
  summary: 'strided convolutions sized to the image, and their mirror image as decoder',
  options,
  encode: (x, layers, chosen) =>
    encodeImage(x, layers, netFor(concrete(x.shape.slice(1), 'an encoder'), chosen)),
  decode: (code, shape, layers, chosen) => decodeImage(code, shape, layers, netFor(shape, chosen)),
})
