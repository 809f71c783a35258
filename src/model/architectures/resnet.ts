import * as z from 'zod/mini'
import { activations } from '../layers/activation.ts'
import { groupNorm } from '../layers/group-norm.ts'
import { residualBlock } from '../layers/residual-block.ts'
import { defineConvolutional } from './convolutional.ts'
import { sizedOptions, withWidths } from './sized.ts'

/**
 * Convolutions of stride 2, each followed by residual blocks, group norm and activation; mirrored, for images of any
 * size. He et al. 2016; Wu & He 2018.
 */
export const resnet = defineConvolutional({
  name: 'resnet',
  summary: 'residual blocks with group norm between halvings of the image, mirrored; for color images',
  options: z.strictObject({
    ...sizedOptions,
    blocks: z._default(
      z.int().check(z.minimum(0), z.maximum(1000), z.describe('residual blocks after each halving')),
      1,
    ),
  }),
  complete: withWidths,
  net: (size, { widths, blocks, groups, hidden, activation }) => ({
    convolutions: withWidths({ widths }, size).widths.map((filters) => ({ filters, kernel: 4, stride: 2 })),
    hidden,
    activation,
    refine(features, layers, i) {
      let h = features
      for (let block = 0; block < blocks; block++)
        h = residualBlock(h, { groups, activation }, (path) => layers(`block.${i}.${block}.${path}`))
      return activations[activation](groupNorm(h, groups, layers(`norm.${i}`)))
    },
  }),
})
