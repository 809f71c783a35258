import { fail } from '../../base/errors.ts'

/** Bytes that may be unpacked into memory where nobody says. */
const MOST = 2 ** 30

/** Data that are packed by less than this are about as large as their file, which there was room for. */
const PLAIN_PACKING = 8

/** Bytes that are never worth a refusal, however little memory a caller names. */
const SMALL = 2 ** 16

/** Deflate packs nothing by more (RFC 1951: 258 bytes by two bits). */
const MOST_PACKING = 1032

/** Whether so many packed bytes can be so many bytes at all. */
export const canUnpack = (size: number, packed: number): boolean => size <= MOST_PACKING * (packed + 1)

/**
 * Checks how much memory packed data would take, before they take it: as much as is allowed (default 1 GiB), and always
 * eight times their file. Error: `data/too-large`.
 */
export function checkUnpacked(size: number, packed: number, memory = MOST): void {
  // What cannot be is torn, not too large: whoever unpacks it says so.
  if (size <= Math.max(memory, SMALL, PLAIN_PACKING * packed) || !canUnpack(size, packed)) return
  fail({
    code: 'data/too-large',
    seen: `${packed} bytes that unpack to ${size}`,
    wanted: `at most ${memory} bytes in memory`,
    fix: 'unpack them first (gzip -d, numpy.savez), or give { memory }',
  })
}
