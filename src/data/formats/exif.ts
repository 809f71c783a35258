/** How an image is to be looked at, by its EXIF data (CIPA DC-008, TIFF 6.0). */

const ORIENTATION = 0x0112

/** The orientation in a TIFF directory, 1 to 8; 1 where it has none. */
export function orientationIn(bytes: Uint8Array): number {
  if (bytes.length < 10) return 1
  const tiff = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = tiff.getUint16(0) === 0x4949
  const directory = tiff.getUint32(4, little)
  if (directory + 2 > tiff.byteLength) return 1
  const entries = tiff.getUint16(directory, little)
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= tiff.byteLength; i++, at += 12)
    if (tiff.getUint16(at, little) === ORIENTATION) {
      const found = tiff.getUint16(at + 8, little)
      return found >= 1 && found <= 8 ? found : 1
    }
  return 1
}

/** Whether an orientation changes width and height about. */
export const isOnItsSide = (orientation: number): boolean => orientation > 4
