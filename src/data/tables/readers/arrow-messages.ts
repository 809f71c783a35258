import { joinedBytes } from '../../../base/bytes.ts'
import { fail } from '../../../base/errors.ts'
import { type ArrowMessageKind, type ArrowMetadata, arrowMetadata } from './arrow-metadata.ts'

export interface ArrowMessage {
  readonly kind: ArrowMessageKind
  /** The whole message in memory of its own, as it stands in the stream. */
  readonly bytes: Uint8Array
}

/** Stands before the length of a message, since version 0.15 of the format. */
export const CONTINUATION = 0xffffffff

/** No message's metadata are longer. */
export const MOST_METADATA = 2 ** 26

export const tornArrow = (what: string, cause?: unknown): never =>
  fail({
    code: 'arrow/torn',
    seen: `an Arrow file that cannot be read (${what.slice(0, 120)})`,
    wanted: 'a whole Arrow IPC file or stream',
    fix: 'copy or write the file again, or save the table as CSV',
    cause,
  })

/** Bytes that come in pieces, taken in parts of other sizes. */
class ByteQueue {
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Uint8Array[] = []
  #length = 0

  constructor(pieces: AsyncIterator<Uint8Array>) {
    this.#pieces = pieces
  }

  /** The next `length` bytes in memory of their own; fewer where the bytes end before. */
  async take(length: number): Promise<Uint8Array> {
    while (this.#length < length) {
      const next = await this.#pieces.next()
      if (next.done) break
      this.#held.push(next.value)
      this.#length += next.value.length
    }
    const parts: Uint8Array[] = []
    for (let wanted = Math.min(length, this.#length); wanted > 0; ) {
      const part = this.#held[0].subarray(0, wanted)
      if (part.length === this.#held[0].length) this.#held.shift()
      else this.#held[0] = this.#held[0].subarray(part.length)
      parts.push(part)
      wanted -= part.length
      this.#length -= part.length
    }
    return joinedBytes(parts)
  }
}

/** Error: `arrow/torn`. */
export function checkedMetadata(bytes: Uint8Array): ArrowMetadata {
  try {
    return arrowMetadata(bytes)
  } catch (error) {
    return tornArrow(error instanceof Error ? error.message : `${error}`, error)
  }
}

/**
 * The messages of an Arrow IPC stream, or of the stream that an IPC file begins with, one after another.
 *
 * Errors: `arrow/torn`, `arrow/feather`.
 */
export async function* arrowMessages(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<ArrowMessage> {
  const iterator = pieces[Symbol.asyncIterator]()
  try {
    yield* messagesOf(new ByteQueue(iterator))
  } finally {
    await iterator.return?.()
  }
}

async function* messagesOf(bytes: ByteQueue): AsyncGenerator<ArrowMessage> {
  let begin = await bytes.take(8)
  if (new TextDecoder().decode(begin.subarray(0, 4)) === 'FEA1')
    fail({
      code: 'arrow/feather',
      seen: 'a Feather file of version 1',
      wanted: 'Feather version 2, which is an Arrow IPC file',
      fix: 'write it again with pyarrow.feather.write_feather(table, path)',
    })
  if (new TextDecoder().decode(begin.subarray(0, 6)) === 'ARROW1') begin = await bytes.take(8)
  for (; begin.length > 0; begin = await bytes.take(8)) {
    if (begin.length < 8) tornArrow('a message cut off')
    const view = new DataView(begin.buffer, begin.byteOffset)
    if (view.getUint32(0, true) !== CONTINUATION) tornArrow('no message where one should begin')
    const length = view.getUint32(4, true)
    if (length === 0) return
    if (length > MOST_METADATA) tornArrow(`${length} bytes of metadata`)
    const metadata = await bytes.take(length)
    if (metadata.length < length) tornArrow('a message cut off')
    const { kind, body } = checkedMetadata(metadata)
    const content = await bytes.take(body)
    if (content.length < body) tornArrow('rows cut off')
    yield { kind, bytes: joinedBytes([begin, metadata, content]) }
  }
}
