import { fail } from '../../../base/errors.ts'
import type { ConcreteShape } from '../../../base/shape.ts'
import { sizeOf } from '../../../base/shape.ts'
import { type Picture, planesOf } from '../../images/picture.ts'
import { squared } from '../../images/resize.ts'
import { codecOf } from './codecs.ts'
import { forEachImage, type ImageFiles } from './file.ts'

/** What images become: [channels, height, width]. */
export interface DecodeRequest extends ImageFiles {
  readonly shape: ConcreteShape
  /** Whether images of any size are cropped to squares and scaled to the shape. */
  readonly isScaled: boolean
  /** Bits that samples of 16 bits have; default: all. */
  readonly bits?: number
}

/**
 * Decodes images into rows of bytes [files, channels, height, width].
 *
 * Errors name the file: those of `scanImages`, `data/image-size`.
 */
export async function decodeImages({
  shape,
  isScaled,
  bits,
  ...images
}: DecodeRequest): Promise<Uint8Array<ArrayBuffer>> {
  const width = sizeOf(shape)
  const rows = new Uint8Array(images.files.length * width)
  await forEachImage(images, async (file, index) => {
    const bytes = file.slice(0, file.size)
    rows.set(fitted(await codecOf(bytes).decode(bytes, bits), shape, isScaled), index * width)
  })
  return rows
}

function fitted(picture: Picture, [channels, height, width]: ConcreteShape, isScaled: boolean): Uint8Array {
  const planes = planesOf(picture, channels === 1 ? 1 : 3)
  if (picture.width === width && picture.height === height) return planes
  if (isScaled) return squared(planes, { width: picture.width, height: picture.height, size: width })
  return fail({
    code: 'data/image-size',
    seen: `an image of ${picture.width}×${picture.height} pixels`,
    wanted: `${width}×${height}, as when the folder was opened`,
    fix: 'put the image back that was there',
  })
}
