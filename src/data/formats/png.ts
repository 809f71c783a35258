/** Reads PNG (ISO/IEC 15948): every color type and depth, interlaced or not, into 8-bit samples. */
import { joinedBytes } from '../../base/bytes.ts'
import { crc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'
import type { Picture, PictureSize } from '../images/picture.ts'
import { turned } from '../images/turned.ts'
import { isOnItsSide, orientationIn } from './exif.ts'
import { expand, type PngColors, tellsBits } from './png-colors.ts'
import { type PngGrid, packedSize, samplesOf } from './png-samples.ts'

/** Undoes zlib's compression; more than `size` bytes are an error. */
export type Inflate = (bytes: Uint8Array, size: number) => Uint8Array

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Depths that each color type may have, and the samples of a pixel. */
const colorTypes: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}
const PALETTE = 3

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte)

const torn = (seen: string, wanted: string, cause?: unknown): never =>
  fail({ code: 'png/torn', seen, wanted, fix: 'copy or save the image again, or leave it out', cause })

/** A chunk's type, its data, and where the next one begins. */
interface PngChunk {
  readonly type: string
  readonly data: Uint8Array
  readonly end: number
}

/** The chunk that begins at `at`; undefined where the bytes end before it does. */
function chunkAt(bytes: Uint8Array, at: number): PngChunk | undefined {
  if (at + 12 > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = at + 12 + view.getUint32(at)
  if (end > bytes.length) return undefined
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
  if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
    torn(`a PNG image whose ${type} does not match its checksum`, 'an image as it was saved')
  return { type, data: bytes.subarray(at + 8, end - 4), end }
}

function gridOf({ type, data }: PngChunk): PngGrid & { readonly colorType: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (type !== 'IHDR' || data.length !== 13)
    torn(`a PNG image that begins with ${type} of ${data.length} bytes`, 'IHDR of 13 bytes')
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth, colorType, compression, filter, interlace] = data.subarray(8)
  const kind = colorTypes[colorType]
  if (!kind?.depths.includes(depth) || compression > 0 || filter > 0 || interlace > 1 || width * height === 0)
    torn(
      `a PNG image ${width}×${height} of color type ${colorType}, depth ${depth}, interlace ${interlace}`,
      'a form that the standard knows',
    )
  return { width, height, depth, samples: kind.samples, isInterlaced: interlace === 1, colorType }
}

/**
 * The size of a PNG image by its first bytes; undefined where they do not reach far enough to tell.
 *
 * An image is in color unless all that it can show is grey; EXIF orientations that turn it on its side change width and
 * height about. Error: `png/torn`.
 */
export function pngSize(opening: Uint8Array): PictureSize | undefined {
  const first = chunkAt(opening, SIGNATURE.length)
  if (first === undefined) return undefined
  const { width, height, colorType, depth } = gridOf(first)
  let isColor = colorType === 2 || colorType === 6
  let isTurned = false
  let isDeep = depth === 16
  for (let at = first.end; ; ) {
    const type = String.fromCharCode(...opening.subarray(at + 4, at + 8))
    if (type === 'IDAT') {
      const size = isTurned ? { width: height, height: width } : { width, height }
      return { ...size, isColor, ...(isDeep ? { isDeep } : {}) }
    }
    const chunk = chunkAt(opening, at)
    if (chunk === undefined) return undefined
    if (type === 'PLTE' && colorType === PALETTE) isColor = !isGrey(chunk.data)
    if (type === 'sBIT' && tellsBits(Math.max(...chunk.data))) isDeep = false
    if (type === 'eXIf') isTurned = isOnItsSide(orientationIn(chunk.data))
    at = chunk.end
  }
}

function isGrey(palette: Uint8Array): boolean {
  for (let at = 0; at < palette.length; at += 3)
    if (palette[at] !== palette[at + 1] || palette[at] !== palette[at + 2]) return false
  return true
}

/** Whether the file ends as a PNG file does, by its last bytes: a copy that broke off does not. */
export const endsAsPng = (ending: Uint8Array): boolean =>
  String.fromCharCode(...ending.subarray(ending.length - 8, ending.length - 4)) === 'IEND'

/** An image taken apart: its samples as stored, and what they mean. */
interface PngParts {
  readonly samples: Uint8Array | Uint16Array
  readonly grid: PngGrid
  readonly colors: PngColors
  readonly orientation: number
}

/**
 * Decodes a PNG image as it is to be looked at; samples of more bits are rounded to 8, of as many as `sBIT` says, else
 * `bits`, else all 16.
 *
 * Error: `png/torn`.
 */
export function readPng(bytes: Uint8Array, inflate: Inflate, bits?: number): Picture {
  const { samples, grid, colors, orientation } = partsOf(bytes, inflate)
  return turned(pictured(samples, grid, { ...colors, bits }), orientation)
}

/** The greatest sample of a PNG image, as stored. Error: `png/torn`. */
export function greatestSample(bytes: Uint8Array, inflate: Inflate): number {
  let greatest = 0
  for (const sample of partsOf(bytes, inflate).samples) greatest = Math.max(greatest, sample)
  return greatest
}

function partsOf(bytes: Uint8Array, inflate: Inflate): PngParts {
  const packed: Uint8Array[] = []
  const colors: { palette?: Uint8Array; transparency?: Uint8Array; significant?: number } = {}
  const first = isPng(bytes) ? chunkAt(bytes, SIGNATURE.length) : undefined
  if (first === undefined) return torn(`a PNG image of ${bytes.length} bytes`, 'its header at least')
  let type = ''
  let orientation = 1
  for (let chunk = chunkAt(bytes, first.end); chunk; chunk = chunkAt(bytes, chunk.end)) {
    type = chunk.type
    if (type === 'IDAT') packed.push(chunk.data)
    else if (type === 'PLTE') colors.palette = chunk.data
    else if (type === 'tRNS') colors.transparency = chunk.data
    else if (type === 'sBIT') colors.significant = Math.max(...chunk.data)
    else if (type === 'eXIf' && packed.length === 0) orientation = orientationIn(chunk.data)
    else if (type === 'IEND') break
  }
  if (type !== 'IEND') torn(`a PNG image that breaks off after ${bytes.length} bytes`, 'IEND at its end')
  const grid = gridOf(first)
  const samples = samplesOf(unpacked(packed, packedSize(grid), inflate), grid)
  return { samples, grid, colors: { ...colors, isPalette: grid.colorType === PALETTE }, orientation }
}

function unpacked(parts: readonly Uint8Array[], size: number, inflate: Inflate): Uint8Array {
  const [only] = parts
  const packed = parts.length === 1 ? only : joinedBytes(parts)
  let bytes: Uint8Array
  try {
    bytes = inflate(packed, size)
  } catch (cause) {
    return torn('a PNG image whose samples do not unpack', `${size} bytes of them`, cause)
  }
  return bytes.length === size
    ? bytes
    : torn(`a PNG image with ${bytes.length} bytes of samples`, `${size} bytes of them`)
}

function pictured(samples: Uint8Array | Uint16Array, grid: PngGrid, colors: PngColors): Picture {
  const { width, height } = grid
  if (colors.isPalette && !colors.palette) torn('a PNG image without its palette', 'PLTE')
  return { width, height, ...expand(samples, grid, colors) }
}
