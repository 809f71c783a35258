/** Decoders that may be installed beside this package. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail } from '../../../base/errors.ts'
import type { Picture, PictureSize } from '../../images/picture.ts'
import { installed } from '../installed.ts'

/** A library that decodes images as they are to be looked at, turned as their EXIF orientation says. */
export interface ImageLibrary {
  size(bytes: Uint8Array): Promise<PictureSize>
  decode(bytes: Uint8Array): Promise<Picture>
}

/** The part of @jsquash/jpeg that is used. */
interface JsquashJpeg {
  init(wasm: WebAssembly.Module, overrides: object): Promise<void>
  default(
    bytes: Uint8Array,
    options: { readonly preserveOrientation: boolean },
  ): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>
}

/** The part of sharp that is used. */
interface Sharp {
  (bytes: Uint8Array): SharpImage
  concurrency(threads: number): void
}
interface SharpImage {
  metadata(): Promise<{ width: number; height: number; orientation?: number; space: string }>
  rotate(): SharpImage
  toColourspace(space: string): SharpImage
  raw(): SharpImage
  toBuffer(options: { resolveWithObject: true }): Promise<{
    readonly data: Uint8Array
    readonly info: Pick<Picture, 'width' | 'height' | 'channels'>
  }>
}

/** libjpeg (mozjpeg) compiled to WebAssembly, from the npm package @jsquash/jpeg; undefined where it is not installed. */
export async function openJsquash(): Promise<Pick<ImageLibrary, 'decode'> | undefined> {
  const path = installed('@jsquash/jpeg/decode.js')
  if (path === undefined) return undefined
  const { init, default: decode } = (await import(pathToFileURL(path).href)) as JsquashJpeg
  const wasm = await readFile(join(dirname(path), 'codec', 'dec', 'mozjpeg_dec.wasm'))
  const compiled = await WebAssembly.compile(wasm)
  const begin = () => init(compiled, { printErr: () => undefined })
  await begin()
  return {
    decode: (bytes) =>
      decoding('@jsquash/jpeg', async () => {
        try {
          const { width, height, data } = await decode(bytes, { preserveOrientation: true })
          return { width, height, channels: 4, data: new Uint8Array(data.buffer) }
        } catch (error) {
          // An image that it cannot decode ends it in the middle of its work, and after some it decodes no other.
          await begin()
          throw error
        }
      }),
  }
}

/** libvips, from the npm package sharp; undefined where it is not installed. */
export async function openSharp(): Promise<ImageLibrary | undefined> {
  const path = installed('sharp')
  if (path === undefined) return undefined
  const { default: sharp } = (await import(pathToFileURL(path).href)) as { default: Sharp }
  // An image is decoded by the thread that asks, of which there are as many as there should be.
  sharp.concurrency(1)
  return {
    size: (bytes) =>
      decoding('sharp', async () => {
        const { width, height, orientation = 1, space } = await sharp(bytes).metadata()
        const isColor = space !== 'b-w' && space !== 'grey16'
        return orientation > 4 ? { width: height, height: width, isColor } : { width, height, isColor }
      }),
    decode: (bytes) =>
      decoding('sharp', async () => {
        const image = sharp(bytes).rotate().toColourspace('srgb').raw()
        const { data, info } = await image.toBuffer({ resolveWithObject: true })
        const { width, height, channels } = info
        return { width, height, channels, data }
      }),
  }
}

async function decoding<Result>(library: string, decode: () => Promise<Result>): Promise<Result> {
  try {
    return await decode()
  } catch (cause) {
    return fail({
      code: 'image/undecodable',
      seen: `an image that ${library} does not decode (${(cause as Error).message.split('\n')[0]})`,
      wanted: 'a whole image of a format that it knows',
      fix: 'copy or save the image again, or leave it out',
      cause,
    })
  }
}
