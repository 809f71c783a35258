import { Gunzip, gunzipSync } from 'fflate'
import { joinedBytes } from '../../base/bytes.ts'
import { crc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'
import { canUnpack, checkUnpacked } from './unpacked-size.ts'

/** Header and trailer of a member that holds nothing else. */
const LEAST = 18

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Bytes that are unpacked at once where the beginning is wanted: they come to a megabyte at most. */
const PIECE = 2 ** 10

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
  const gunzip = new Gunzip((piece) => {
    pieces.push(piece)
    size += piece.length
  })
  try {
    for (let at = 0; at < bytes.length && size < length; at += PIECE)
      gunzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  } catch (error) {
    torn(bytes, error)
  }
  return joinedBytes(pieces)
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
    const inside = gunzipSync(bytes)
    if (trailerOf(bytes).crc === crc32(inside) && size === inside.length) return inside
  } catch (error) {
    cause = error
  }
  return torn(bytes, cause)
}
