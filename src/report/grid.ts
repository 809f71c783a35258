import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { rangeOf } from '../base/math/sums.ts'
import { formatShape } from '../base/shape.ts'

/** The lowest and the highest of some numbers. @inline */
export type Range = readonly [low: number, high: number]

/** One picture, its channels side by side in each pixel. */
export interface Raster {
  readonly width: number
  readonly height: number
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4
  readonly data: Uint8Array
}

/** How images become a grid. @inline */
export interface GridOptions {
  /** Values that become black and white. */
  readonly range: Range
  /** Images in a row; by default a grid close to square. */
  readonly columns?: number
  /** Pixels between images. */
  readonly gap?: number
  /** Grey level between images, or `transparent`, which adds an alpha channel. */
  readonly background?: number | 'transparent'
  /** Images whose longer side is below this are enlarged by a whole factor. */
  readonly leastCell?: number
}

const LEAST_CELL = 28
const GAP = 2
const WHITE = 255

/** Where image `index` of a grid goes, in cells. */
type GridPlace = (index: number) => { readonly column: number; readonly row: number }

/** What black and white are: bytes span 0 to 255, or 0 to 1 where they are bits; floats 0 to 1, or their own range. */
export function intensityRange(dtype: 'uint8' | 'float32', values: ArrayLike<number>): Range {
  const [low, high] = rangeOf(values)
  if (dtype === 'uint8') return high <= 1 ? [0, 1] : [0, 255]
  return low >= 0 && high <= 1 ? [0, 1] : [low, high]
}

/**
 * Images [n, channels, height, width] with 1 or 3 channels, laid out row by row. Error: `report/not-images`.
 *
 * @example
 * ```ts
 * import { openData } from 'betavae'
 * import { encodePng, imageGrid } from 'betavae/pictures'
 *
 * const images = await (await openData('digits')).read([0, 1, 2, 3])
 * const picture = imageGrid(images, { range: [0, 16] })
 * console.log(encodePng(picture).length) // bytes of a PNG file
 * ```
 */
export function imageGrid(images: NDArray, options: GridOptions): Raster {
  const [count] = checkImages(images).shape
  const columns = Math.min(count, options.columns ?? Math.ceil(Math.sqrt(count)))
  const place: GridPlace = (index) => ({ column: index % columns, row: Math.floor(index / columns) })
  return draw([{ images, place }], columns, Math.ceil(count / columns), options)
}

/** Two sets of equally many images; each row of `upper` has the matching row of `lower` beneath it. */
export function pairedGrid(upper: NDArray, lower: NDArray, options: GridOptions): Raster {
  const [count] = checkImages(upper).shape
  checkImages(lower)
  const columns = Math.min(count, options.columns ?? count)
  const below =
    (offset: number): GridPlace =>
    (index) => ({ column: index % columns, row: 2 * Math.floor(index / columns) + offset })
  const layers = [
    { images: upper, place: below(0) },
    { images: lower, place: below(1) },
  ]
  return draw(layers, columns, 2 * Math.ceil(count / columns), options)
}

/** Images that can be drawn. Error: `report/not-images`. */
export function checkImages(images: NDArray): NDArray {
  const { shape } = images
  if (shape.length !== 4 || shape[0] === 0 || (shape[1] !== 1 && shape[1] !== 3))
    fail({
      code: 'report/not-images',
      seen: `rows of shape ${formatShape(shape)} for a picture`,
      wanted: '[n, channels, height, width] with 1 or 3 channels',
      fix: 'write tables as .csv or .npy',
      usage: true,
    })
  return images
}

interface Layer {
  readonly images: NDArray
  readonly place: GridPlace
}

function draw(layers: readonly Layer[], columns: number, rows: number, options: GridOptions): Raster {
  const [, colors, height, width] = layers[0].images.shape
  const scale = Math.max(1, Math.ceil((options.leastCell ?? LEAST_CELL) / Math.max(height, width)))
  const gap = options.gap ?? GAP
  const background = options.background ?? WHITE
  const channels = (background === 'transparent' ? colors + 1 : colors) as Raster['channels']
  const raster = blank(
    columns * (width * scale + gap) - gap,
    rows * (height * scale + gap) - gap,
    channels,
    background === 'transparent' ? 0 : background,
  )
  for (const { images, place } of layers)
    for (let index = 0; index < images.shape[0]; index++) {
      const { column, row } = place(index)
      const left = column * (width * scale + gap)
      const top = row * (height * scale + gap)
      stamp(raster, images, index, { left, top, scale, range: options.range })
    }
  return raster
}

/** A picture of one level in every channel. */
export const blank = (
  width: number,
  height: number,
  channels: Raster['channels'],
  level: number,
): Raster => ({
  width,
  height,
  channels,
  data: new Uint8Array(width * height * channels).fill(level),
})

/** Where an image goes, how often each of its pixels is repeated, and what is black and white. */
export interface Stamp {
  readonly left: number
  readonly top: number
  readonly scale: number
  readonly range: Range
}

/** Copies one image into the picture; an alpha channel becomes opaque there. */
export function stamp(
  raster: Raster,
  images: NDArray,
  index: number,
  { left, top, scale, range }: Stamp,
): void {
  const [, colors, height, width] = images.shape
  const [low, high] = range
  const factor = high > low ? WHITE / (high - low) : 0
  const first = index * colors * height * width
  for (let y = 0; y < height * scale; y++)
    for (let x = 0; x < width * scale; x++) {
      const pixel = Math.floor(y / scale) * width + Math.floor(x / scale)
      const at = ((top + y) * raster.width + left + x) * raster.channels
      for (let color = 0; color < colors; color++) {
        const value = images.data[first + color * height * width + pixel]
        raster.data[at + color] = Math.min(WHITE, Math.max(0, Math.round((value - low) * factor)))
      }
      if (raster.channels > colors) raster.data[at + colors] = WHITE
    }
}
