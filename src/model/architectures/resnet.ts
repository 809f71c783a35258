import { z } from 'zod'
import { type ConcreteShape, concrete } from '../../base/shape.ts'
import { activations } from '../layers/activation.ts'
import { groupNorm } from '../layers/group-norm.ts'
import { residualBlock } from '../layers/residual-block.ts'
import { defineArchitecture } from './architecture.ts'
import { type ConvolutionalNet, decodeImage, encodeImage, imageSize } from './convolutional.ts'
import { sizedOptions, widthsFor } from './sized.ts'

const options = z.strictObject({
  ...sizedOptions,
  blocks: z.int().min(0).max(1000).default(1).describe('residual blocks after each halving'),
})
type Options = z.infer<typeof options>

function netFor(shape: ConcreteShape, { widths, blocks, hidden, ...chosen }: Options): ConvolutionalNet {
  const { groups, activation } = chosen
  return {
    convolutions: (widths ?? widthsFor(imageSize(shape, 'resnet'))).map((filters) => ({
      filters,
      kernel: 4,
      stride: 2,
    })),
    hidden,
    activation,
    refine(features, layers, i) {
      let h = features
      for (let block = 0; block < blocks; block++)
        h = residualBlock(h, chosen, (path) => layers(`block.${i}.${block}.${path}`))
      return activations[activation](groupNorm(h, groups, layers(`norm.${i}`)))
    },
  }
}

/**
 * Convolutions of stride 2, each followed by residual blocks, group norm and activation; mirrored, for images of any
 * size. He et al. 2016; Wu & He 2018.
 */
export const resnet = defineArchitecture({
  name: 'resnet',
  summary: 'residual blocks with group norm between halvings of the image, mirrored; for color images',
  options,
  encode: (x, layers, chosen) =>
    encodeImage(x, layers, netFor(concrete(x.shape.slice(1), 'an encoder'), chosen)),
  decode: (code, shape, layers, chosen) => decodeImage(code, shape, layers, netFor(shape, chosen)),
})
