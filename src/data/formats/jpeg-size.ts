/** What the header of a JPEG image (ITU-T T.81) says; decoding is left to a library. */
import { fail } from '../../base/errors.ts'
import type { PictureSize } from '../images/picture.ts'
import { isOnItsSide, orientationIn } from './exif.ts'

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

const END_OF_IMAGE = 0xd9
const SCAN = 0xda
const EXIF = 0xe1

/** Markers of frames: SOF0 to SOF15 without DHT, JPG and DAC, which stand among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Markers without a segment: TEM and the restarts. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

const torn = (seen: string, wanted: string): never =>
  fail({ code: 'jpeg/torn', seen, wanted, fix: 'copy or save the image again, or leave it out' })

/** Where the frame's marker stands, and whether the image is to be looked at turned on its side. */
interface Frame {
  readonly at: number
  readonly isTurned: boolean
}

function frameOf(bytes: Uint8Array): Frame | undefined {
  let isTurned = false
  for (let at = 2; at + 10 <= bytes.length; ) {
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff) return torn(`a JPEG image with no marker at byte ${at}`, 'segment after segment')
    if (isFrame(marker)) return { at, isTurned }
    if (marker === END_OF_IMAGE || marker === SCAN)
      return torn('a JPEG image without a frame', 'a frame before its first scan')
    // A marker may have any number of fill bytes before it.
    const length = marker === 0xff ? 1 : isBare(marker) ? 2 : 2 + ((bytes[at + 2] << 8) | bytes[at + 3])
    if (marker === EXIF) isTurned = isOnItsSide(orientationOf(bytes.subarray(at + 4, at + length)))
    at += length
  }
  return undefined
}

/**
 * The size of a JPEG image as it is to be looked at, by its first bytes; undefined where they do not reach far enough.
 *
 * EXIF orientations that turn an image on its side change width and height about. Error: `jpeg/torn`.
 */
export function jpegSize(opening: Uint8Array): PictureSize | undefined {
  const frame = frameOf(opening)
  if (frame === undefined) return undefined
  const { at, isTurned } = frame
  const [height, width] = [5, 7].map((from) => (opening[at + from] << 8) | opening[at + from + 1])
  if (width * height === 0) torn(`a JPEG image ${width}×${height}`, 'both above 0')
  const isColor = opening[at + 9] > 1
  return isTurned ? { width: height, height: width, isColor } : { width, height, isColor }
}

/** The orientation in an EXIF segment, 1 to 8; 1 where it has none. */
const orientationOf = (segment: Uint8Array): number =>
  String.fromCharCode(...segment.subarray(0, 6)) === 'Exif\0\0' ? orientationIn(segment.subarray(6)) : 1

/** Whether a JPEG image has four inks (CMYK) instead of colors; false where its bytes do not reach far enough. */
export function isCmyk(bytes: Uint8Array): boolean {
  const frame = frameOf(bytes)
  return frame !== undefined && bytes[frame.at + 9] === 4
}

/** Whether a whole JPEG file ends its image: one that broke off does not, and decoders fill it up with grey. */
export function endsAsJpeg(bytes: Uint8Array): boolean {
  const { at: from } = frameOf(bytes) ?? { at: bytes.length }
  for (let at = bytes.length - 2; at > from; at--)
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) return true
  return false
}
