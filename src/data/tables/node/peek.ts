import { joinedBytes } from '../../../base/bytes.ts'

/** Bytes that have begun to come. */
export interface Peeked {
  /** The first bytes; as many as asked for, and more, unless there are fewer. */
  readonly opening: Uint8Array
  /** All bytes, those of the opening first; once. */
  pieces(): AsyncIterable<Uint8Array>
  /** Gives up on the rest. */
  close(): Promise<void>
}

/** Waits for the first `length` bytes. */
export async function peeked(bytes: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]()
  let opening = new Uint8Array(0)
  let ended = false
  while (opening.length < length && !ended) {
    const next = await iterator.next()
    ended = next.done === true
    if (!next.done) opening = joinedBytes([opening, next.value])
  }
  const close = async () => {
    await iterator.return?.()
  }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield opening
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await close()
    }
  }
  return { opening, pieces, close }
}
