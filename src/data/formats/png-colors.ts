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
}

type Samples = Uint8Array | Uint16Array
type Pixels = Pick<Picture, 'channels' | 'data'>

/** Samples as 8-bit pixels. Error: `png/torn` for a color that the palette has not. */
export function expand(samples: Samples, grid: PngGrid, colors: PngColors): Pixels {
  if (colors.isPalette) return fromPalette(samples, colors)
  const { transparency } = colors
  const isOpaque = grid.samples % 2 === 0 || transparency === undefined
  if (isOpaque) return { channels: grid.samples as Picture['channels'], data: inBytes(samples, grid.depth) }
  return withKey(samples, grid, transparency)
}

/** Samples of any depth from 0 to 255. */
function inBytes(samples: Samples, depth: number): Uint8Array {
  if (depth === 8) return samples as Uint8Array
  if (depth === 16) return Uint8Array.from(samples, (sample) => Math.round(sample / 257))
  const step = 255 / ((1 << depth) - 1)
  return (samples as Uint8Array).map((sample) => sample * step)
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
