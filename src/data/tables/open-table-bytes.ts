import { dataNameOf, fileNameOf } from '../file-name.ts'
import { gunzipped } from '../formats/gzip.ts'
import { inFile } from '../in-file.ts'
import { heldBytes } from './held-bytes.ts'
import { readerOf, TELLING } from './reader-of.ts'
import type { ReadTableOptions } from './readers/reader.ts'
import { chunksInFile, type TableStream } from './stream.ts'

/**
 * A table from a file's bytes, such as one that was dropped on a page; the format by the file's name, else by its first
 * bytes; gzip is undone first.
 *
 * Errors: `table/format`, and those of the readers when its chunks are read, naming the file.
 */
export function openTableBytes(path: string, bytes: Uint8Array, options: ReadTableOptions = {}): TableStream {
  const file = fileNameOf(path)
  const { plain, reader } = inFile(file, () => {
    const plain = gunzipped(bytes)
    return { plain, reader: readerOf(file, plain.subarray(0, TELLING)) }
  })
  async function* pieces() {
    yield plain
  }
  const source = { pieces, stored: () => heldBytes(pieces()) }
  return {
    name: dataNameOf(path),
    file,
    format: reader.name,
    canRestart: true,
    chunks: () => chunksInFile(file, reader.read(source, options)),
  }
}
