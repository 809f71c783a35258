import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { activations } from '../layers/activation.ts'
import { groupNorm } from '../layers/group-norm.ts'
import { defineConvolutional } from './convolutional.ts'
import { sizedOptions, withWidths } from './sized.ts'

/**
 * Strided convolutions and dense layers, mirrored, for images of any size: 28×28 goes to 14×14×32 and 7×7×64.
 *
 * With SAME padding a side s becomes ⌈s/stride⌉; the decoder goes back through the very same sizes.
 * Errors: `model/strides`.
 */
export const conv = defineConvolutional({
  name: 'conv',
  summary: 'strided convolutions sized to the image, and their mirror image as decoder',
  options: z.strictObject({
    ...sizedOptions,
    kernel: z._default(
      z.int().check(z.positive(), z.maximum(64), z.describe('side of every convolution')),
      4,
    ),
    strides: z._default(
      z
        .array(z.int().check(z.positive(), z.maximum(64)))
        .check(z.minLength(1), z.describe('stride of each convolution; the last one counts for the rest')),
      [2],
    ),
    norm: z._default(
      z.enum(['none', 'group']).check(z.describe('normalization after each convolution')),
      'none',
    ),
  }),
  complete: withWidths,
  net(size, options) {
    const { kernel, strides, norm } = options
    const { widths } = withWidths(options, size)
    checkStrides(strides, widths)
    const active = activations[options.activation]
    return {
      convolutions: widths.map((filters, i) => ({
        filters,
        kernel,
        stride: strides[Math.min(i, strides.length - 1)],
      })),
      hidden: options.hidden,
      activation: options.activation,
      refine: (h, layers, i) =>
        active(norm === 'group' ? groupNorm(h, options.groups, layers(`norm.${i}`)) : h),
    }
  },
})

function checkStrides(strides: readonly number[], widths: readonly number[]): void {
  if (strides.length > widths.length)
    fail({
      code: 'model/strides',
      seen: `strides ${strides.join(', ')} of convolutions of widths ${widths.join(', ')}`,
      wanted: 'at most one stride for each width',
      fix: 'give fewer --strides, or more --widths',
      usage: true,
    })
}
