import { inflateSync } from 'fflate'
import { joinedBytes } from '../../base/bytes.ts'
import { crc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'
import { canUnpack, checkUnpacked } from './unpacked-size.ts'
import { inflated } from './zip.ts'

/** Header and trailer of a member that holds nothing else. */
const LEAST = 18

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const torn = (bytes: Uint8Array, cause?: unknown): never =>
  fail({
    code: 'gzip/torn',
    seen: `a gzip file of ${bytes.length} bytes that does not unpack to what its checksum says`,
    wanted: 'one whole gzip member',
    fix: 'copy or download the file again',
    cause,
  })

const trailerOf = (bytes: Uint8Array): { readonly crc: number; readonly size: number } => {
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - 8)
  return { crc: end.getUint32(0, true), size: end.getUint32(4, true) }
}

/** How many bytes a gzip file says that it unpacks to. Error: `gzip/torn` where it cannot. */
export function gunzippedSize(bytes: Uint8Array): number {
  const size = bytes.length < LEAST ? 0 : trailerOf(bytes).size
  return bytes.length >= LEAST && canUnpack(size, bytes.length) ? size : torn(bytes)
}

/** The first bytes of what is inside a gzip file: `length`, and more, unless there are fewer. Error: `gzip/torn`. */
export function gunzippedOpening(bytes: Uint8Array, length: number): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (const piece of inflated(deflatedIn(bytes))) {
      pieces.push(piece)
      size += piece.length
      if (size >= length) break
    }
  } catch (error) {
    torn(bytes, error)
  }
  return joinedBytes(pieces)
}

/** A member's content: it begins after extra bytes, a name, a comment and a checksum, by its flags (RFC 1952, §2.3). */
function deflatedIn(bytes: Uint8Array): Uint8Array {
  const flags = bytes[3]
  let at = 10
  if (flags & 4) at += 2 + bytes[10] + 256 * bytes[11]
  if (flags & 8) while (bytes[at++]);
  if (flags & 16) while (bytes[at++]);
  return bytes.subarray(at + (flags & 2), -8)
}

/**
 * The bytes themselves, or what is inside where they are gzip; length and checksum are verified.
 *
 * Errors: `gzip/torn`; `data/too-large` for more than `memory` bytes (default 1 GiB), unless packed by little.
 */
export function gunzipped(bytes: Uint8Array, memory?: number): Uint8Array {
  if (!isGzip(bytes)) return bytes
  const size = gunzippedSize(bytes)
  checkUnpacked(size, bytes.length, memory)
  let cause: unknown
  try {
    const inside = inflateSync(deflatedIn(bytes), { out: new Uint8Array(size) })
    if (trailerOf(bytes).crc === crc32(inside) && size === inside.length) return inside
  } catch (error) {
    cause = error
  }
  return torn(bytes, cause)
}
