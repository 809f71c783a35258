import { isOnItsSide } from '../formats/exif.ts'
import type { Picture } from './picture.ts'

/** A picture as it is to be looked at: mirrored and turned as its EXIF orientation (1 to 8) says. */
export function turned(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture
  const { width, height, channels, data } = picture
  const onSide = isOnItsSide(orientation)
  const [across, down] = onSide ? [height, width] : [width, height]
  // From which ends columns and rows are counted, as they are stored.
  const isMirrored = [2, 3, 7, 8].includes(orientation)
  const isFlipped = [3, 4, 6, 7].includes(orientation)
  const out = new Uint8Array(data.length)
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const [column, row] = onSide ? [y, x] : [x, y]
      const fromX = isMirrored ? width - 1 - column : column
      const fromY = isFlipped ? height - 1 - row : row
      const from = (fromY * width + fromX) * channels
      out.set(data.subarray(from, from + channels), (y * across + x) * channels)
    }
  return { width: across, height: down, channels, data: out }
}
