import { fail } from '../../../base/errors.ts'

const MAGIC = 0x184d2204

/** Flags of a frame's header. */
const BLOCK_CHECKSUMS = 0x10
const CONTENT_SIZE = 0x08
const DICTIONARY = 0x01

/** Set where a block is stored as it is. */
const STORED = 0x80000000

const torn = (what: string): never =>
  fail({
    code: 'lz4/torn',
    seen: `LZ4 data with ${what}`,
    wanted: 'a whole LZ4 frame',
    fix: 'copy or write the file again, uncompressed if need be',
  })

/** Bytes that grow at their end, and are copied from to there. */
class Unpacked {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(room: number) {
    this.#bytes = new Uint8Array(room)
  }

  #room(more: number): void {
    const wanted = this.#length + more
    if (wanted <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(wanted, 2 * this.#bytes.length))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Repeats what begins `back` bytes before the end; it may reach into what it writes. */
  repeat(back: number, length: number): void {
    if (back === 0 || back > this.#length) torn('a reference to before its beginning')
    this.#room(length)
    const bytes = this.#bytes
    for (let to = this.#length, end = to + length; to < end; to++) bytes[to] = bytes[to - back]
    this.#length += length
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length)
  }
}

/** One block: runs of bytes, each but the last followed by a repetition. */
function unpackBlock(block: Uint8Array, out: Unpacked): void {
  let at = 0
  const lengthFrom = (half: number): number => {
    let length = half
    for (let more = 255; half === 15 && more === 255; length += more) {
      if (at >= block.length) torn('a length cut off')
      more = block[at++]
    }
    return length
  }
  while (at < block.length) {
    const token = block[at++]
    const literals = lengthFrom(token >> 4)
    out.append(block.subarray(at, at + literals))
    at += literals
    if (at === block.length) return
    if (at + 2 > block.length) torn('a block cut off')
    const back = block[at] | (block[at + 1] << 8)
    at += 2
    out.repeat(back, lengthFrom(token & 15) + 4)
  }
}

/**
 * What an LZ4 frame holds, its blocks linked or not; checksums are not looked at (LZ4 Frame Format 1.6.1).
 *
 * Error: `lz4/torn`.
 */
export function lz4Unpacked(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  if (frame.length < 7) torn('a header cut off')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const flags = frame[4]
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== 1 || flags & DICTIONARY) torn('an unknown header')
  const out = new Unpacked(4 * frame.length)
  let at = flags & CONTENT_SIZE ? 15 : 7
  for (;;) {
    if (at + 4 > frame.length) torn('no end')
    const size = view.getUint32(at, true)
    if (size === 0) return out.take()
    at += 4
    const end = at + (size & ~STORED)
    if (end > frame.length) torn('a block cut off')
    const block = frame.subarray(at, end)
    if (size & STORED) out.append(block)
    else unpackBlock(block, out)
    at = end + (flags & BLOCK_CHECKSUMS ? 4 : 0)
  }
}
