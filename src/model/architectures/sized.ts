/** What architectures that fit themselves to any image share: their options, and widths by size. */
import * as z from 'zod/mini'
import { activationNames } from '../layers/activation.ts'
import type { ImageSize } from '../layers/spatial.ts'

/** Sides that are halved no further: 28 → 14 → 7, 32 → 16 → 8 → 4. */
const SMALL = 7
const FIRST = 32
const OTHERS = 64

/** Filters of each halving, unless a recipe says others: 32, then 64, until neither side is above 7. */
export function widthsFor(size: ImageSize): number[] {
  const halvings = Math.ceil(Math.log2(Math.max(...size) / SMALL))
  return Array.from({ length: Math.max(halvings, 1) }, (_, i) => (i === 0 ? FIRST : OTHERS))
}

/** Options with the widths written out. */
export const withWidths = <Options extends { readonly widths: number[] | null }>(
  options: Options,
  size: ImageSize,
): Options & { readonly widths: number[] } => ({ ...options, widths: options.widths ?? widthsFor(size) })

const width = z.int().check(z.positive(), z.maximum(65_536))

export const sizedOptions = {
  widths: z
    ._default(z.nullable(z.array(width).check(z.minLength(1))), null)
    .check(
      z.describe('filters of each convolution, from the image inwards; default: 32,64,64… by image size'),
    ),
  hidden: z._default(
    z.array(width).check(z.describe('widths of the dense layers after the convolutions')),
    [256],
  ),
  groups: z._default(
    z.int().check(z.positive(), z.maximum(65_536), z.describe('groups of channels of group norm')),
    8,
  ),
  activation: z._default(z.enum(activationNames).check(z.describe('after every hidden layer')), 'relu'),
}
