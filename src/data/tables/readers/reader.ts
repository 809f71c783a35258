import type { DialectOptions } from '../../formats/dialect.ts'
import type { StoredBytes } from '../../stored-bytes.ts'
import type { TableChunk } from '../cell.ts'
import type { ExcelLibrary, SheetCells } from './excel-sheets.ts'
import type { Keeping } from './keeping.ts'

/** Where a table's bytes come from; compression is undone already. */
export interface TableSource {
  /** All bytes in order, in pieces of any size. */
  pieces(): AsyncIterable<Uint8Array>
  /** The bytes by place, for formats that are not read from front to back. */
  stored(): Promise<StoredBytes>
  /** Reads a sheet of a workbook by the library that does; absent in a page, which has no such library. */
  readonly sheetCells?: (
    bytes: Uint8Array,
    sheet: string | number | undefined,
    library: ExcelLibrary,
  ) => Promise<SheetCells>
  /** A module of a package that may be installed beside this one; undefined where it is not, or cannot be. */
  peer?(specifier: string): Promise<object | undefined>
}

/** What may be said of how a table is written. @inline */
export interface TableReading extends Pick<DialectOptions, 'separator' | 'header' | 'encoding'> {
  /** Excel: the sheet by name or number from 1; without it the first that has a table. */
  readonly sheet?: string | number
  /** SQL whose rows are read: of a database, or through DuckDB of files. */
  readonly query?: string
}

/** @inline */
export interface ReadTableOptions extends DialectOptions, TableReading {
  /** JSON Lines: the keys to read, others being passed over; without it those of the first chunk, and no others. */
  readonly keys?: readonly string[]
  /** The most rows of a chunk; default 4,096. */
  readonly chunkRows?: number
  /** CSV, JSON Lines: hand rows on as soon as their bytes have come, though a chunk may be small. */
  readonly eager?: boolean
  /**
   * What has chunks say what their rows were in their source, too (`whole`), so that they can be written so again.
   *
   * @internal
   */
  readonly keeping?: Keeping
  /** CSV, JSON Lines: the most characters of a record; default 16,777,216. */
  readonly longest?: number
}

/** One format of tables: how it is known, and how its bytes become rows. */
export interface TableReader {
  readonly name: string
  /** Endings of files of this format, without the dot. */
  readonly endings: readonly string[]
  /** Whether a file that begins with these bytes is of this format. */
  readonly matches: (opening: Uint8Array) => boolean
  readonly read: (source: TableSource, options?: ReadTableOptions) => AsyncGenerator<TableChunk>
}

/** Whether `bytes` begin with these characters of ASCII. */
export const beginsWith = (bytes: Uint8Array, opening: string): boolean =>
  opening.length <= bytes.length &&
  Array.from(opening).every((one, index) => one.charCodeAt(0) === bytes[index])

/** Characters of text after which rows are handed on though they fill no chunk, because they are long. */
export const CHUNK_TEXT = 2 ** 25

/** Characters of one record, where nobody says. */
export const LONGEST_RECORD = 2 ** 24
