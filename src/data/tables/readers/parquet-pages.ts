import type { ColumnMetaData, Compressors, Encoding, PageHeader } from 'hyparquet'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { joinedBytes } from '../../../base/bytes.ts'
import { type ByteReader, checkDeltas, checkRuns } from './parquet-runs.ts'

/** No page is larger when it is unpacked. */
const MOST_PAGE_BYTES = 2 ** 30

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
  /** How many parts around a value, and it, may be there several times. */
  readonly repeats: number
  /** Rows, or of lists values, that have not come yet. */
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
  const levels = second ? second.definition_levels_byte_length + second.repetition_levels_byte_length : 0
  if (!(levels >= 0 && size >= levels && size <= MOST_PAGE_BYTES)) throw new Error(`a page of ${size} bytes`)
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

/** Values of a page of lists, of which a few bytes can stand for any number. */
const MOST_VALUES = 2 ** 22

function checkCount(count: number, { rows, repeats }: PageOf): void {
  if (!(count >= 0 && count <= (repeats > 0 ? Math.min(rows, MOST_VALUES) : rows)))
    throw new Error(`${count} values for ${rows} rows`)
}

/** Goes through levels that stand after their length. */
function checkLevels(reader: ByteReader, most: number, count: number): number {
  const end = reader.offset + reader.view.getUint32(reader.offset, true) + 4
  reader.offset += 4
  const found = checkRuns(reader, bitsOf(most), count, most)
  reader.offset = end
  return found
}

/**
 * Goes through an unpacked page before the library reads it: it trusts counts, and a wrong one would fill memory or
 * never come to an end.
 *
 * Error: where counts and lengths do not fit each other.
 */
export function checkPage({ header, bytes }: ParquetPage, of: PageOf): void {
  const { column, level, repeats } = of
  const { data_page_header: first, data_page_header_v2: second } = header
  const reader = readerOf(bytes)
  if (header.type === 'DICTIONARY_PAGE') {
    const entries = header.dictionary_page_header?.num_values ?? 0
    if (!(entries >= 0 && entries <= 8 * bytes.length)) throw new Error(`${entries} entries in a page`)
  } else if (header.type === 'DATA_PAGE' && first) {
    checkCount(first.num_values, of)
    if (repeats > 0) checkLevels(reader, repeats, first.num_values)
    const present = level > 0 ? checkLevels(reader, level, first.num_values) : first.num_values
    checkValues(reader, first.encoding, present, column)
  } else if (header.type === 'DATA_PAGE_V2' && second) {
    checkCount(second.num_values, of)
    const missing = second.num_nulls
    const lists = second.repetition_levels_byte_length
    if ((lists === 0) !== (repeats === 0)) throw new Error('levels of another column')
    if (repeats > 0) checkRuns(reader, bitsOf(repeats), second.num_values)
    if (!(missing >= 0 && missing <= second.num_values)) throw new Error(`${missing} values missing`)
    const present = second.num_values - missing
    reader.offset = lists
    if (level > 0 && checkRuns(reader, bitsOf(level), second.num_values, level) !== present)
      throw new Error('counts of missing values that differ')
    reader.offset = lists + second.definition_levels_byte_length
    checkValues(reader, second.encoding, present, column)
  }
}
