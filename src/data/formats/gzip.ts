import { gunzipSync } from 'fflate'
import { crc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The bytes themselves, or what is inside where they are gzip; length and checksum are verified (`gzip/torn`). */
export function gunzipped(bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) return bytes
  let cause: unknown
  try {
    const inside = gunzipSync(bytes)
    const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - 8)
    if (end.getUint32(0, true) === crc32(inside) && end.getUint32(4, true) === inside.length >>> 0)
      return inside
  } catch (error) {
    cause = error
  }
  return fail({
    code: 'gzip/torn',
    seen: `a gzip file of ${bytes.length} bytes that does not unpack to what its checksum says`,
    wanted: 'one whole gzip member',
    fix: 'copy or download the file again',
    cause,
  })
}
