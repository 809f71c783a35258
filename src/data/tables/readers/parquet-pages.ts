import type { ColumnMetaData, Compressors, Encoding, PageHeader } from 'hyparquet'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { joinedBytes } from '../../../base/bytes.ts'
import { type ByteReader, checkDeltas, checkRuns } from './parquet-runs.ts'

/** No page is larger when it is unpacked. */
const MOST = 2 ** 30

/** A page of a column, and what its header says. */
export interface ParquetPage {
  readonly header: PageHeader
  readonly bytes: Uint8Array
}

/** What is known of a page before it is read. */
export interface PageOf {
  readonly column: ColumnMetaData
  /** The level of a value that is there; 0 where none can be missing. */
  readonly level: number
  /** Rows that have no value yet. */
  readonly rows: number
}

const readerOf = (bytes: Uint8Array): ByteReader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
})

const bitsOf = (level: number): number => 32 - Math.clz32(level)

/** A page with its compression undone. */
export function unpackedPage(
  { header, bytes }: ParquetPage,
  { codec }: ColumnMetaData,
  compressors: Compressors,
): ParquetPage {
  const { uncompressed_page_size: size, data_page_header_v2: second } = header
  // What says of each value whether it is there is not compressed in the second kind of page.
  const levels = second?.definition_levels_byte_length ?? 0
  if (!(levels >= 0 && size >= levels && size <= MOST)) throw new Error(`a page of ${size} bytes`)
  if (second === undefined || header.type !== 'DATA_PAGE_V2')
    return { header, bytes: decompressPage(bytes, size, codec, compressors) }
  if (second.is_compressed === false) return { header, bytes }
  const values = decompressPage(bytes.subarray(levels), size - levels, codec, compressors)
  return {
    header: { ...header, data_page_header_v2: { ...second, is_compressed: false } },
    bytes: joinedBytes([bytes.subarray(0, levels), values]),
  }
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

function checkCount(count: number, rows: number): void {
  if (!(count >= 0 && count <= rows)) throw new Error(`${count} values for ${rows} rows`)
}

/**
 * Goes through an unpacked page before the library reads it: it trusts counts, and a wrong one would fill memory or
 * never come to an end.
 *
 * Error: where counts and lengths do not fit each other.
 */
export function checkPage({ header, bytes }: ParquetPage, { column, level, rows }: PageOf): void {
  const { data_page_header: first, data_page_header_v2: second } = header
  const reader = readerOf(bytes)
  if (header.type === 'DICTIONARY_PAGE') {
    const entries = header.dictionary_page_header?.num_values ?? 0
    if (!(entries >= 0 && entries <= 8 * bytes.length)) throw new Error(`${entries} entries in a page`)
  } else if (header.type === 'DATA_PAGE' && first) {
    checkCount(first.num_values, rows)
    let present = first.num_values
    if (level > 0) {
      const end = reader.view.getUint32(0, true) + 4
      reader.offset = 4
      present = checkRuns(reader, bitsOf(level), first.num_values, level)
      reader.offset = end
    }
    checkValues(reader, first.encoding, present, column)
  } else if (header.type === 'DATA_PAGE_V2' && second) {
    checkCount(second.num_values, rows)
    const missing = second.num_nulls
    if (second.repetition_levels_byte_length !== 0) throw new Error('a list in a flat column')
    if (!(missing >= 0 && missing <= second.num_values)) throw new Error(`${missing} values missing`)
    const present = second.num_values - missing
    if (level > 0 && checkRuns(reader, bitsOf(level), second.num_values, level) !== present)
      throw new Error('counts of missing values that differ')
    reader.offset = second.definition_levels_byte_length
    checkValues(reader, second.encoding, present, column)
  }
}
