import { joinedBytes } from '../../base/bytes.ts'
import { dataNameOf, fileNameOf, unpackedName } from '../file-name.ts'
import { gunzipped } from '../formats/gzip.ts'
import { checkUnpacked } from '../formats/unpacked-size.ts'
import { unzipped } from '../formats/zip.ts'
import { inFile } from '../in-file.ts'
import { heldBytes } from './held-bytes.ts'
import { packingOf, refuseZstd, tableMember } from './packing.ts'
import { readerOf, TELLING } from './reader-of.ts'
import type { ReadTableOptions } from './readers/reader.ts'
import { chunksInFile, type TableStream } from './stream.ts'

/**
 * A table from a file's bytes, such as one that was dropped on a page; the format by the file's name, else by its first
 * bytes; gzip and zip are undone first.
 *
 * Errors: `table/format`, `table/packed`, `table/xls`, `zip/members`, and those of the readers when its chunks are read, naming the file.
 */
export function openTableBytes(path: string, bytes: Uint8Array, options: ReadTableOptions = {}): TableStream {
  const file = fileNameOf(path)
  const { plain, reader } = inFile(file, () => {
    const { plain, inner } = unpackedBytes(bytes, file)
    return { plain, reader: readerOf(inner, plain.subarray(0, TELLING)) }
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

function unpackedBytes(
  bytes: Uint8Array,
  file: string,
): { readonly plain: Uint8Array; readonly inner: string } {
  const packing = packingOf(bytes)
  if (packing === 'zstd') refuseZstd()
  if (packing === 'gzip') return { plain: gunzipped(bytes), inner: unpackedName(file) }
  const member = packing === 'zip' ? tableMember(bytes) : undefined
  if (member) checkUnpacked(member.size, member.packedSize)
  return member
    ? { plain: joinedBytes([...unzipped(bytes, member)]), inner: member.name }
    : { plain: bytes, inner: file }
}
