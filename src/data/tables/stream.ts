import { inFile } from '../in-file.ts'
import type { TableChunk } from './cell.ts'

/** A table that is read from its first row on, a chunk at a time, so that it may be larger than memory. */
export interface TableStream {
  /** What the table is called: its file's name without endings. */
  readonly name: string
  /** The file it is read from, as errors name it. */
  readonly file?: string
  /** How it is stored, such as `CSV`; `rows` where it came from memory. */
  readonly format: string
  /** The rows from the first on; may be asked for again unless `canRestart` is false (`table/read-twice`). */
  chunks(): AsyncIterable<TableChunk>
  /** Whether the rows can be had a second time; false for what is piped in. */
  readonly canRestart: boolean
}

/** The same chunks; errors on the way come out naming the file. */
export async function* chunksInFile(
  file: string,
  chunks: AsyncIterable<TableChunk>,
): AsyncGenerator<TableChunk> {
  const iterator = chunks[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const next = await inFile(file, () => Promise.resolve(iterator.next()))
      ended = next.done === true
      if (next.done) return
      yield next.value
    }
  } finally {
    if (!ended) await iterator.return?.()
  }
}
