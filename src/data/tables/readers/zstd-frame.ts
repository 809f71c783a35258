import { fail } from '../../../base/errors.ts'

/** What the format's own program takes without being told more (zstd(1), `--memory`). */
const MOST_WINDOW = 2 ** 27

/** A block comes to 128 KiB at most, and takes 4 bytes at least (RFC 8878, §3.1.1.2). */
const MOST_OF_BYTE = 2 ** 17 / 4

const SINGLE_SEGMENT = 0x20

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]

/**
 * Bytes that the content size takes, and the dictionary's number, by their flags (RFC 8878, §3.1.1.1.1). A size of one
 * byte or two is never too large, and not read.
 */
const SIZE_BYTES = [0, 0, 4, 8]
const DICTIONARY_BYTES = [0, 1, 2, 4]

/**
 * Checks what a frame of Zstandard says of itself before the decoder takes as much memory. Error: `zstd/too-large`.
 *
 * What is no frame, or is too short to say, is left to the decoder.
 */
export function checkZstdFrame(bytes: Uint8Array): void {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) return
  const flags = bytes[4]
  const isSingle = (flags & SINGLE_SEGMENT) !== 0
  const at = 5 + (isSingle ? 0 : 1)
  const sizeAt = at + DICTIONARY_BYTES[flags & 3]
  const content = littleEndian(bytes.subarray(sizeAt, sizeAt + SIZE_BYTES[flags >> 6]))
  if (content > MOST_OF_BYTE * bytes.length) refuseFrame(`${content} bytes in ${bytes.length}`, 'fewer')
  if (!isSingle) {
    const window = 2 ** (10 + (bytes[5] >> 3)) * (1 + (bytes[5] & 7) / 8)
    if (window > MOST_WINDOW) refuseFrame(`a window of ${window} bytes`, `at most ${MOST_WINDOW}`)
  }
}

const littleEndian = (bytes: Uint8Array): number => bytes.reduceRight((sum, byte) => 256 * sum + byte, 0)

const refuseFrame = (seen: string, wanted: string): never =>
  fail({
    code: 'zstd/too-large',
    seen: `Zstandard data that announce ${seen}`,
    wanted,
    fix: 'write the file again without --long or --ultra, or uncompressed',
  })
