import type { ColumnMetaData, Compressors, DecodedArray } from 'hyparquet'
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import type { Cell } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import type { StoredColumn } from './parquet-columns.ts'
import { checkPage, type ParquetPage, unpackedPage } from './parquet-pages.ts'
import { type PagePlace, pageWindow } from './parquet-window.ts'
import type { StoredForm } from './stored-forms.ts'

/** One column of a group of rows, and what is needed to read it. */
export interface ColumnOfGroup extends Pick<StoredColumn, 'schemaPath' | 'level' | 'form'> {
  readonly column: ColumnMetaData
  /** Rows of the group. */
  readonly rows: number
  readonly compressors: Compressors
  slice(start: number, end: number): Promise<Uint8Array>
}

/** JSON inside of a cell stays the text that it is. */
const parsers = {
  ...DEFAULT_PARSERS,
  jsonFromBytes: (bytes: Uint8Array) => DEFAULT_PARSERS.stringFromBytes(bytes),
}

const placeOf = (column: ColumnMetaData): PagePlace => {
  const start = Number(column.dictionary_page_offset || column.data_page_offset)
  return { start, end: start + Number(column.total_compressed_size) }
}

/** Values one after another as cells. */
function cellsOf(values: DecodedArray, form: StoredForm | undefined): Cell[] {
  const cells = new Array<Cell>(values.length)
  for (let at = 0; at < cells.length; at++) {
    const value: unknown = values[at]
    cells[at] = cellOf(form && value !== null && value !== undefined ? form(value) : value, () => 'a cell')
  }
  return cells
}

/** Cells where the levels say that there are any, and nothing elsewhere. */
function spread(cells: readonly Cell[], levels: readonly number[], there: number): Cell[] {
  let next = 0
  return levels.map((level) => (level === there ? cells[next++] : null))
}

const isDictionary = (encoding: string): boolean => encoding.endsWith('_DICTIONARY')

/** Decodes the pages of a column, of which the first may hold the values that the others point at. */
function pageDecoder({ column, level, schemaPath, form }: ColumnOfGroup) {
  const { element } = schemaPath[schemaPath.length - 1]
  const { type, path_in_schema: pathInSchema } = column
  const decoder = { pathInSchema, type, element, schemaPath, codec: 'UNCOMPRESSED' as const, parsers }
  let entries: readonly Cell[] | undefined
  const pointed = (places: DecodedArray): Cell[] => {
    const known = entries ?? []
    const cells = new Array<Cell>(places.length)
    for (let at = 0; at < cells.length; at++) {
      const place = Number(places[at])
      if (!(place < known.length)) throw new Error(`value ${place} of ${known.length}`)
      cells[at] = known[place]
    }
    return cells
  }
  const readEntries = (bytes: Uint8Array, count: number): void => {
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
    entries = cellsOf(convert(readPlain(reader, type, count, element.type_length), decoder), form)
  }
  /** The cells of a page; none of one that holds only what others point at. */
  return ({ bytes, header }: ParquetPage): Cell[] => {
    const { data_page_header: first, data_page_header_v2: second } = header
    if (header.type === 'DICTIONARY_PAGE') readEntries(bytes, header.dictionary_page_header?.num_values ?? 0)
    const about = header.type === 'DATA_PAGE' ? first : header.type === 'DATA_PAGE_V2' ? second : undefined
    if (about === undefined) return []
    const { definitionLevels = [], dataPage } =
      about === first ? readDataPage(bytes, first, decoder) : readDataPageV2(bytes, header, decoder)
    const cells = isDictionary(about.encoding) ? pointed(dataPage) : cellsOf(convert(dataPage, decoder), form)
    return definitionLevels.length > 0 ? spread(cells, definitionLevels, level) : cells
  }
}

/**
 * Reads the cells of a column of a group of rows from front to back, the next `count` at a time; no more than a page of
 * them is held. Every page is checked before the library unpacks it.
 */
export function columnReader(of: ColumnOfGroup): (count: number) => Promise<readonly Cell[]> {
  const { column, level, rows, compressors } = of
  const next = pageWindow(of.slice, placeOf(column))
  const decoded = pageDecoder(of)
  let page: readonly Cell[] = []
  let at = 0
  let seen = 0
  const turn = async (): Promise<void> => {
    const unpacked = unpackedPage(await next(), column, compressors)
    checkPage(unpacked, { column, level, rows: rows - seen })
    page = decoded(unpacked)
    at = 0
    seen += page.length
  }
  return async (count) => {
    while (at >= page.length) await turn()
    let cells = page.slice(at, at + count)
    at += cells.length
    while (cells.length < count) {
      await turn()
      const more = page.slice(0, count - cells.length)
      at = more.length
      cells = cells.concat(more)
    }
    return cells
  }
}
