/** What the samples of a PNG image mean: palettes, transparent colors, depths. */
import { fail } from '../../base/errors.ts'
import type { Picture } from '../images/picture.ts'
import type { PngGrid } from './png-samples.ts'

/** What an image says of its colors beside its samples. */
export interface PngColors {
  readonly isPalette: boolean
  /** Three bytes a color. */
  readonly palette?: Uint8Array
  /** Alphas of the first colors of a palette; else the one color that is transparent, two bytes a sample. */
  readonly transparency?: Uint8Array
  /** Bits of a sample that say something (`sBIT`). */
  readonly significant?: number
  /** Bits that samples of 16 bits have in all images of a set; brighter ones are white. */
  readonly bits?: number
}

type Samples = Uint8Array | Uint16Array
type Pixels = Pick<Picture, 'channels' | 'data'>

/** Samples as 8-bit pixels. Error: `png/torn` for a color that the palette has not. */
export function expand(samples: Samples, grid: PngGrid, colors: PngColors): Pixels {
  if (colors.isPalette) return fromPalette(samples, colors)
  const { transparency } = colors
  const isOpaque = grid.samples % 2 === 0 || transparency === undefined
  if (isOpaque)
    return {
      channels: grid.samples as Picture['channels'],
      data: inBytes(samples, bitsOf(samples, grid, colors)),
    }
  return withKey(samples, grid, transparency)
}

/**
 * Bits that samples fill. The standard wants fewer bits stretched to the depth, but cameras and scanners write 12 bits
 * as numbers up to 4,095.
 */
function bitsOf(samples: Samples, { depth }: PngGrid, { significant, bits = depth }: PngColors): number {
  if (depth !== 16) return depth
  const isSaid = tellsBits(significant)
  return isSaid && samples.every((sample) => sample < 2 ** significant) ? significant : bits
}

/** Whether `sBIT` says that not all of 16 bits count. */
export const tellsBits = (significant: number | undefined): significant is number =>
  significant !== undefined && significant > 8 && significant < 16

/** Samples of any depth from 0 to 255. */
function inBytes(samples: Samples, depth: number): Uint8Array {
  if (samples instanceof Uint16Array) {
    const most = 2 ** depth - 1
    return Uint8Array.from(samples, (sample) => Math.round((Math.min(sample, most) * 255) / most))
  }
  if (depth === 8) return samples
  const step = 255 / ((1 << depth) - 1)
  return samples.map((sample) => sample * step)
}

/** An alpha of 0 for the pixels of one color, which is told in the samples' own depth. */
function withKey(samples: Samples, { samples: colors, depth }: PngGrid, key: Uint8Array): Pixels {
  const bytes = inBytes(samples, depth)
  const channels = (colors + 1) as Picture['channels']
  const data = new Uint8Array((samples.length / colors) * channels)
  const wanted = Array.from({ length: colors }, (_, i) => (key[2 * i] << 8) | key[2 * i + 1])
  for (let from = 0, to = 0; from < samples.length; from += colors, to += channels) {
    data.set(bytes.subarray(from, from + colors), to)
    data[to + colors] = wanted.every((sample, i) => samples[from + i] === sample) ? 0 : 255
  }
  return { channels, data }
}

function fromPalette(
  samples: Samples,
  { palette = new Uint8Array(), transparency = new Uint8Array() }: PngColors,
): Pixels {
  const channels = transparency.length > 0 ? 4 : 3
  const data = new Uint8Array(samples.length * channels)
  const known = Math.floor(palette.length / 3)
  for (let pixel = 0, to = 0; pixel < samples.length; pixel++, to += channels) {
    const color = samples[pixel]
    if (color >= known) refuseColor(color, known)
    for (let channel = 0; channel < 3; channel++) data[to + channel] = palette[3 * color + channel]
    if (channels === 4) data[to + 3] = transparency[color] ?? 255
  }
  return { channels, data }
}

const refuseColor = (color: number, known: number): never =>
  fail({
    code: 'png/torn',
    seen: `a PNG image with color ${color} of a palette`,
    wanted: `one of its ${known} colors`,
    fix: 'copy or save the image again, or leave it out',
  })
