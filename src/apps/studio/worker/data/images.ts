import { type Dataset, datasetOf, ndarray } from '../../../../inside.ts'
import { studioError } from '../failure.ts'
import type { DecodedImage, Host } from '../host.ts'

/** Images that are decoded at the same time. */
const AT_ONCE = 16
/** Numbers that images may come to in memory. */
const MOST_NUMBERS = 2 ** 28
const FEWEST = 2
const USUAL_SIDE = 64

/** Images as [n, channels, side, side] bytes, and what was left out. */
export interface ImageData {
  readonly dataset: Dataset
  readonly notes: readonly string[]
}

/**
 * A data set of image files: the middle square of each, scaled to `side`; grey where all of them are.
 *
 * Without a side it is that of the images where they are squares of one size up to 64, else 64.
 * Errors: `studio/images`.
 */
export async function openImages(files: readonly File[], host: Host, side?: number): Promise<ImageData> {
  const size = side ?? (await usualSide(files, host))
  const most = Math.floor(MOST_NUMBERS / (size * size * 3))
  const taken = files.slice(0, most)
  const images: DecodedImage[] = []
  let broken = 0
  for (let start = 0; start < taken.length; start += AT_ONCE) {
    const part = taken.slice(start, start + AT_ONCE).map((file) => host.image(file, size))
    for (const result of await Promise.allSettled(part))
      if (result.status === 'fulfilled') images.push(result.value)
      else broken++
  }
  if (images.length < FEWEST)
    throw studioError({
      code: 'studio/images',
      seen: `${images.length} readable ${images.length === 1 ? 'image' : 'images'} among ${files.length} files`,
      wanted: 'two images or more, in a format that this browser can read',
      fix: 'drop a folder of PNG, JPEG or WebP images',
    })
  return {
    dataset: datasetOf(stacked(images, size), {
      name: 'images',
      defaults: { scaling: 'unit', likelihood: 'bernoulli', binarize: 'none' },
    }),
    notes: [
      ...(broken > 0
        ? [`${broken} of ${files.length} files are no images that can be read here; they were left out`]
        : []),
      ...(files.length > most ? [`only the first ${most} images fit into memory at ${size}×${size}`] : []),
    ],
  }
}

async function usualSide(files: readonly File[], host: Host): Promise<number> {
  const [first, second] = await Promise.allSettled(files.slice(0, 2).map((file) => host.image(file)))
  if (first?.status !== 'fulfilled') return USUAL_SIDE
  const { width, height } = first.value
  const isSame =
    second?.status !== 'fulfilled' || (second.value.width === width && second.value.height === height)
  return isSame && width === height && width <= USUAL_SIDE ? width : USUAL_SIDE
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
