import { inflateSync } from 'node:zlib'
import { fail } from '../../../base/errors.ts'
import { endsAsJpeg, isCmyk, isJpeg, jpegSize } from '../../formats/jpeg-size.ts'
import { endsAsPng, greatestSample, isPng, pngSize, readPng } from '../../formats/png.ts'
import type { Picture, PictureSize } from '../../images/picture.ts'
import { foreignImage, isForeign } from './foreign.ts'
import { type ImageLibrary, openJsquash, openSharp } from './libraries.ts'

/** A format of images, or several; known by a file's first bytes, whatever its name says. */
interface Codec {
  matches(opening: Uint8Array): boolean
  /** The size by a file's first bytes, or all of them; undefined where they do not reach far enough to tell. */
  size(opening: Uint8Array, isWhole: boolean): Promise<PictureSize | undefined>
  /** Whether a file that ends with these bytes is likely to be whole. */
  endsWell(ending: Uint8Array): boolean
  /** Samples of 16 bits that do not say how many count have `bits`. */
  decode(bytes: Uint8Array, bits?: number): Promise<Picture>
  /** The greatest sample of an image whose samples may have 16 bits. */
  greatest?(bytes: Uint8Array): number
}

const jsquash = once(openJsquash)
const sharp = once(openSharp)

const png: Codec = {
  matches: isPng,
  size: async (opening) => pngSize(opening),
  endsWell: endsAsPng,
  decode: async (bytes, bits) => readPng(bytes, inflate, bits),
  greatest: (bytes) => greatestSample(bytes, inflate),
}

const jpeg: Codec = {
  matches: isJpeg,
  async size(opening) {
    // Said when a folder is opened, not when its first image is needed.
    await jpegLibrary(opening)
    return jpegSize(opening)
  },
  endsWell: (ending) => ending.at(-2) === 0xff && ending.at(-1) === 0xd9,
  async decode(bytes) {
    refuseBrokenOff(bytes)
    return (await jpegLibrary(bytes)).decode(bytes)
  },
}

/** WebP, AVIF, TIFF, GIF and what else sharp knows. */
const others: Codec = {
  matches: () => true,
  size: async (bytes, isWhole) => (isWhole ? decoded(bytes, (library) => library.size(bytes)) : undefined),
  endsWell: () => true,
  decode: (bytes) => decoded(bytes, (library) => library.decode(bytes)),
}

/** What sharp makes of an image. Errors: `image/none`, `image/no-decoder`, `image/undecodable`. */
async function decoded<Result>(
  bytes: Uint8Array,
  by: (library: ImageLibrary) => Promise<Result>,
): Promise<Result> {
  const library = await sharp()
  if (!library) throw foreignImage(bytes, false)
  try {
    return await by(library)
  } catch (error) {
    throw isForeign(bytes) ? foreignImage(bytes, true) : error
  }
}

/** The codec of a file by its first bytes. */
export const codecOf = (opening: Uint8Array): Codec =>
  [png, jpeg].find(({ matches }) => matches(opening)) ?? others

function inflate(packed: Uint8Array, size: number): Uint8Array {
  const { buffer, byteOffset, length } = inflateSync(packed, { maxOutputLength: size, chunkSize: size + 64 })
  return new Uint8Array(buffer, byteOffset, length)
}

function refuseBrokenOff(bytes: Uint8Array): void {
  if (!endsAsJpeg(bytes))
    fail({
      code: 'jpeg/torn',
      seen: `a JPEG image that breaks off after ${bytes.length} bytes`,
      wanted: 'a mark at its end',
      fix: 'copy or save the image again, or leave it out',
    })
}

/** Inks become colors by sharp alone. */
const jpegLibrary = async (bytes: Uint8Array) =>
  isCmyk(bytes)
    ? needed(await sharp(), 'a JPEG image in CMYK, the inks of a printer')
    : needed((await jsquash()) ?? (await sharp()), 'a JPEG image')

function needed<Library>(library: Library | undefined, what: string): Library {
  return (
    library ??
    fail({
      code: 'image/no-decoder',
      seen: `${what}, and no library that decodes it`,
      wanted: 'PNG or JPEG images in gray or colors, or the npm package sharp for others',
      fix: 'npm install sharp, convert the image to PNG, or leave it out',
      usage: true,
    })
  )
}

function once<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}
