import { fail } from '../../../base/errors.ts'
import type { PictureSize } from '../../images/picture.ts'
import { codecOf } from './codecs.ts'
import { forEachImage, type ImageFiles, type OpenFile, SCANNED } from './file.ts'

/** Most images tell their size within these bytes. */
const OPENING = 2 ** 15
const ENDING = 12

/** Decoded, an image of so many pixels in color takes 400 MB; those of cameras have fewer. */
const MOST_PIXELS = 100_000_000

/**
 * Reads the headers of images, and enough of their ends to find those that broke off: `SCANNED` numbers each.
 *
 * Errors name the file: `png/torn`, `jpeg/torn`, `image/none`, `image/no-decoder`, `image/undecodable`, `image/unreadable`, `image/too-large`.
 */
export async function scanImages(images: ImageFiles): Promise<Int32Array<ArrayBuffer>> {
  const found = new Int32Array(images.files.length * SCANNED)
  await forEachImage(images, async (file, index) => {
    const { width, height, isColor, isDeep } = await sizeOf(file)
    if (width * height > MOST_PIXELS) refuseLarge(width, height)
    found.set([width, height, isColor ? 1 : 0, isDeep ? 1 : 0], index * SCANNED)
  })
  return found
}

async function sizeOf(file: OpenFile): Promise<PictureSize> {
  const opening = file.slice(0, OPENING)
  const ending = file.slice(Math.max(0, file.size - ENDING), file.size)
  const codec = codecOf(opening)
  // Some files have more behind their end; whether they are whole only decoding tells.
  if (!codec.endsWell(ending)) await codec.decode(file.slice(0, file.size))
  const isWhole = file.size <= OPENING
  const found = await codec.size(opening, isWhole)
  if (found || isWhole) return found ?? refuseHeader(file.size)
  return (await codec.size(file.slice(0, file.size), true)) ?? refuseHeader(file.size)
}

const refuseLarge = (width: number, height: number): never =>
  fail({
    code: 'image/too-large',
    seen: `an image of ${width}×${height} pixels`,
    wanted: `at most ${MOST_PIXELS} pixels`,
    fix: 'scale it down or cut it into pieces before, or leave it out',
  })

const refuseHeader = (size: number): never =>
  fail({
    code: 'image/undecodable',
    seen: `an image of ${size} bytes that does not tell its size`,
    wanted: 'a whole image',
    fix: 'copy or save the image again, or leave it out',
  })
