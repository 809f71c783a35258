import type { ColumnMetaData, Compressors, Encoding, PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { type ByteReader, checkDeltas, checkRuns } from './parquet-runs.ts'

/** No page is larger when it is unpacked. */
const MOST = 2 ** 30

/** What is known of the pages of a column before they are read. */
export interface PagesOf {
  readonly column: ColumnMetaData
  /** The level of a value that is there; 0 where none can be missing. */
  readonly level: number
  readonly rows: number
  readonly compressors: Compressors
}

const readerOf = (bytes: Uint8Array): ByteReader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
})

const bitsOf = (level: number): number => 32 - Math.clz32(level)

function unpacked(bytes: Uint8Array, length: number, { column, compressors }: PagesOf): ByteReader {
  if (!(length >= 0 && length <= MOST)) throw new Error(`a page of ${length} bytes`)
  return readerOf(decompressPage(bytes, length, column.codec, compressors))
}

function checkValues(reader: ByteReader, encoding: Encoding, count: number, column: ColumnMetaData): void {
  if (encoding.endsWith('_DICTIONARY')) {
    const width = reader.view.getUint8(reader.offset++)
    if (width > 0) checkRuns(reader, width, count)
  } else if (encoding === 'RLE') {
    if (column.type !== 'BOOLEAN') throw new Error(`runs of ${column.type}`)
    reader.offset += 4
    checkRuns(reader, 1, count)
  } else if (encoding.startsWith('DELTA')) checkDeltas(reader)
}

function checkPage(
  bytes: Uint8Array,
  header: PageHeader,
  place: PagesOf,
  counted: (values: number) => void,
): void {
  const { data_page_header: first, data_page_header_v2: second } = header
  if (header.type === 'DATA_PAGE' && first) {
    counted(first.num_values)
    const reader = unpacked(bytes, header.uncompressed_page_size, place)
    let present = first.num_values
    if (place.level > 0) {
      const end = reader.view.getUint32(0, true) + 4
      reader.offset = 4
      present = checkRuns(reader, bitsOf(place.level), first.num_values, place.level)
      reader.offset = end
    }
    checkValues(reader, first.encoding, present, place.column)
  } else if (header.type === 'DATA_PAGE_V2' && second) {
    counted(second.num_values)
    const levels = second.definition_levels_byte_length
    const missing = second.num_nulls
    if (second.repetition_levels_byte_length !== 0) throw new Error('a list in a flat column')
    if (!(missing >= 0 && missing <= second.num_values)) throw new Error(`${missing} values missing`)
    const { level } = place
    const present = second.num_values - missing
    if (level > 0 && checkRuns(readerOf(bytes), bitsOf(level), second.num_values, level) !== present)
      throw new Error('counts of missing values that differ')
    const rest = bytes.subarray(levels)
    const length = header.uncompressed_page_size - levels
    const reader = second.is_compressed === false ? readerOf(rest) : unpacked(rest, length, place)
    checkValues(reader, second.encoding, present, place.column)
  }
}

/**
 * Goes through the pages of a column chunk before the library unpacks them: it trusts counts, and a wrong one would
 * fill memory or never come to an end.
 *
 * Error: where counts and lengths do not fit each other.
 */
export function checkPages(chunk: Uint8Array, place: PagesOf): void {
  const reader = readerOf(chunk)
  let values = 0
  const counted = (count: number): void => {
    values += count
    if (!(count >= 0 && values <= place.rows)) throw new Error(`${values} values in ${place.rows} rows`)
  }
  while (values < place.rows) {
    const header = parquetHeader(reader)
    const end = reader.offset + header.compressed_page_size
    if (!(header.compressed_page_size >= 0 && end <= chunk.length)) throw new Error('a page cut off')
    const entries = header.dictionary_page_header?.num_values ?? 0
    if (!(entries >= 0 && entries <= 8 * header.uncompressed_page_size))
      throw new Error(`${entries} entries in a page`)
    checkPage(chunk.subarray(reader.offset, end), header, place, counted)
    reader.offset = end
  }
}
