import type { ColumnMetaData, Compressors, DecodedArray, ParquetParsers } from 'hyparquet'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import type { Cell } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import type { StoredColumn } from './parquet-columns.ts'
import { checkPage, type ParquetPage, unpackedPage } from './parquet-pages.ts'
import { valueForm } from './parquet-types.ts'
import { type PagePlace, pageWindow } from './parquet-window.ts'
import { formOf, type StoredForm } from './stored-forms.ts'

/** One column of a group of rows, and what is needed to read it. */
export interface ColumnOfGroup extends Pick<StoredColumn, 'schemaPath' | 'level' | 'repeats' | 'type'> {
  readonly column: ColumnMetaData
  /** Rows of the group. */
  readonly rows: number
  readonly compressors: Compressors
  slice(start: number, end: number): Promise<Uint8Array>
}

/** How what lies in the file becomes what a cell holds. */
function cellForm({ type }: ColumnOfGroup): StoredForm | undefined {
  const [value, cell] = [valueForm(type), formOf(type)]
  return value && cell ? (stored) => cell(value(stored)) : (value ?? cell)
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
    cells[at] = cellOf(form ? form(value) : value, () => 'a cell')
  }
  return cells
}

/** Cells where the levels say that there are any, and nothing elsewhere. */
function spread(cells: readonly Cell[], levels: readonly number[], there: number): Cell[] {
  let next = 0
  return levels.map((level) => (level === there ? cells[next++] : null))
}

/** What a page holds: values that lie in the file, or places among those that the pages share, and levels that place them. */
interface DecodedPage {
  readonly isPlaces: boolean
  readonly values: DecodedArray
  readonly definitions: readonly number[]
  readonly repetitions: readonly number[]
}

/** Decodes the pages of a column, of which the first may hold the values that the others point at. */
export function pageDecoder({ column, schemaPath }: ColumnOfGroup) {
  const { element } = schemaPath[schemaPath.length - 1]
  const { type, path_in_schema: pathInSchema } = column
  const codec = 'UNCOMPRESSED' as const
  const decoder = { pathInSchema, type, element, schemaPath, codec, parsers: {} as ParquetParsers }
  return {
    /** The values that others point at. */
    entries({ bytes, header }: ParquetPage): DecodedArray {
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
      const count = header.dictionary_page_header?.num_values ?? 0
      return readPlain(reader, type, count, element.type_length)
    },
    /** Undefined for a page without values of its own. */
    page({ bytes, header }: ParquetPage): DecodedPage | undefined {
      const { data_page_header: first, data_page_header_v2: second } = header
      const about = header.type === 'DATA_PAGE' ? first : header.type === 'DATA_PAGE_V2' ? second : undefined
      if (about === undefined) return undefined
      const { definitionLevels, repetitionLevels, dataPage } =
        about === first ? readDataPage(bytes, first, decoder) : readDataPageV2(bytes, header, decoder)
      const isPlaces = about.encoding.endsWith('_DICTIONARY')
      return {
        isPlaces,
        values: dataPage,
        definitions: definitionLevels ?? [],
        repetitions: repetitionLevels,
      }
    },
  }
}

/** The values at these places among those that pages share. */
export function pointed<Value>(places: DecodedArray, known: ArrayLike<Value>): Value[] {
  const values = new Array<Value>(places.length)
  for (let at = 0; at < values.length; at++) {
    const place = Number(places[at])
    if (!(place < known.length)) throw new Error(`value ${place} of ${known.length}`)
    values[at] = known[place]
  }
  return values
}

/** Goes from page to page, each of which is checked before the library unpacks it. */
export function pageTurner({ column, level, repeats, rows, compressors, slice }: ColumnOfGroup) {
  const next = pageWindow(slice, placeOf(column))
  return async (seen: number): Promise<ParquetPage> => {
    const unpacked = unpackedPage(await next(), column, compressors)
    const all = repeats > 0 ? Number(column.num_values) : rows
    checkPage(unpacked, { column, level, repeats, rows: all - seen })
    return unpacked
  }
}

/**
 * Reads the cells of a column of a group of rows from front to back, the next `count` at a time; no more than a page of
 * them is held.
 */
export function columnReader(of: ColumnOfGroup): (count: number) => Promise<readonly Cell[]> {
  const form = cellForm(of)
  const next = pageTurner(of)
  const decoder = pageDecoder(of)
  let entries: readonly Cell[] = []
  let page: readonly Cell[] = []
  let at = 0
  let seen = 0
  const turn = async (): Promise<void> => {
    const unpacked = await next(seen)
    if (unpacked.header.type === 'DICTIONARY_PAGE') entries = cellsOf(decoder.entries(unpacked), form)
    const decoded = decoder.page(unpacked)
    const { values = [], definitions = [], isPlaces } = decoded ?? {}
    const cells = isPlaces ? pointed(values, entries) : cellsOf(values, form)
    page = definitions.length > 0 ? spread(cells, definitions, of.level) : cells
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
