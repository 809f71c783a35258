import { type Dataset, datasetOf, ndarray, spreadRows } from '../../../../inside.ts'
import { studioError } from '../failure.ts'
import type { DecodedImage, Host } from '../host.ts'
import { imageFolderOf } from './image-folder.ts'

/** Images that are decoded at the same time, and what pixels of theirs may lie in memory then: a photo is decoded whole. */
const AT_ONCE = 16
const PIXELS_AT_ONCE = 2 ** 26
/** Numbers that images may come to in memory. */
const MOST_NUMBERS = 2 ** 28
const FEWEST = 2
/** Sides that nobody chose are no longer, since a step takes time by the number, of which color has three a pixel. */
const MOST_SIDE = { grey: 64, color: 32 }
/** Images whose sizes are looked at beforehand. */
const LOOKED_AT = 12

/** Images as [n, channels, side, side] bytes, and what was left out. */
export interface ImageData {
  readonly dataset: Dataset
  readonly notes: readonly string[]
}

/** An image file, and where it lay in what was dropped. */
export interface PlacedImage {
  readonly file: File
  readonly path: string
}

/**
 * A data set of image files in the order of their paths, their subfolders as classes: the middle square of each, scaled
 * to `side`; grey where all of them are. Without a side it is their own shortest one, and no more than 64.
 *
 * Errors: `studio/images`.
 */
export async function openImages(
  given: readonly PlacedImage[],
  host: Host,
  side?: number,
): Promise<ImageData> {
  const folder = imageFolderOf(given.map(({ path }) => path))
  const files = folder.order.map((place) => given[place].file)
  const usual = await usualSides(files, host)
  const size = side ?? usual.side
  const most = Math.floor(MOST_NUMBERS / (size * size * 3))
  const taken = files.slice(0, most)
  const images: DecodedImage[] = []
  const places: number[] = []
  const atOnce = Math.min(AT_ONCE, Math.max(1, Math.floor(PIXELS_AT_ONCE / usual.pixels)))
  for (let start = 0; start < taken.length; start += atOnce) {
    const part = taken.slice(start, start + atOnce).map((file) => host.image(file, size))
    for (const [i, result] of (await Promise.allSettled(part)).entries()) {
      if (result.status === 'rejected') continue
      images.push(result.value)
      places.push(start + i)
    }
  }
  const broken = taken.length - images.length
  if (images.length < FEWEST)
    throw studioError({
      code: 'studio/images',
      seen: `${images.length} readable ${images.length === 1 ? 'image' : 'images'} among ${files.length} files`,
      wanted: 'two images or more, in a format that this browser can read',
      fix: 'drop a folder of PNG, JPEG or WebP images',
    })
  return {
    dataset: datasetOf(stacked(images, size), {
      name: folder.name ?? 'images',
      ...(folder.labels && {
        classes: folder.classes,
        labels: Int32Array.from(places, (place) => Number(folder.labels?.[place])),
      }),
      defaults: { scaling: 'unit', likelihood: 'bernoulli', binarize: 'none' },
    }),
    notes: [
      ...(size < usual.own
        ? [`their middle squares, scaled to ${size} × ${size} pixels; "How to read it" takes another side`]
        : []),
      ...(broken > 0
        ? [`${broken} of ${files.length} files are no images that can be read here; they were left out`]
        : []),
      ...(files.length > most ? [`only the first ${most} images fit into memory at ${size}×${size}`] : []),
    ],
  }
}

interface UsualSides {
  /** Their own shortest side. */
  readonly own: number
  /** The side to take where nobody says. */
  readonly side: number
  /** Pixels of the largest one. */
  readonly pixels: number
}

/** Looks at a few images from all over the folder, one after another: each is decoded whole, and a photo takes 200 MB. */
async function usualSides(files: readonly File[], host: Host): Promise<UsualSides> {
  let own = Number.POSITIVE_INFINITY
  let pixels = 1
  let isGrey = true
  for (const place of spreadRows(files.length, LOOKED_AT)) {
    const image = await host.image(files[place]).catch(() => undefined)
    // Where none of them can be read, whoever reads all will say so.
    if (!image) continue
    own = Math.min(own, image.width, image.height)
    pixels = Math.max(pixels, image.width * image.height)
    isGrey &&= isGreyImage(image.rgba)
  }
  return { own, pixels, side: Math.min(isGrey ? MOST_SIDE.grey : MOST_SIDE.color, own) }
}

function stacked(images: readonly DecodedImage[], side: number) {
  const area = side * side
  const isGrey = images.every(({ rgba }) => isGreyImage(rgba))
  const channels = isGrey ? 1 : 3
  const data = new Uint8Array(images.length * channels * area)
  images.forEach(({ rgba }, image) => {
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < area; pixel++)
        data[(image * channels + channel) * area + pixel] = rgba[pixel * 4 + channel]
  })
  return ndarray(data, [images.length, channels, side, side])
}

function isGreyImage(rgba: Uint8ClampedArray): boolean {
  for (let at = 0; at < rgba.length; at += 4)
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false
  return true
}
