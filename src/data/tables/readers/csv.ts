import { fail } from '../../../base/errors.ts'
import { checkCsvWidth, csvColumns } from '../../formats/csv-columns.ts'
import { type CsvRecord, CsvSplitter } from '../../formats/records.ts'
import type { TableChunk } from '../cell.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import { checkSeparator } from './odd-separator.ts'
import { CHUNK_TEXT, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { textOf } from './text.ts'

const placeOf = (row: number, line: number): string =>
  row < 0 ? `the first line (line ${line})` : `row ${row + 1} (line ${line})`

/** Records become rows; the first says what the columns are. */
class CsvRows {
  readonly #options: ReadTableOptions
  #columns: readonly string[] | undefined
  #rows: string[][] = []
  #lines: number[] = []
  #first = 0
  #named = false
  #nulsSeen = false

  constructor(options: ReadTableOptions) {
    this.#options = options
  }

  /** How the record after those taken is called in messages. */
  place(line: number): string {
    return placeOf(this.#columns || this.#options.header === false ? this.#next : -1, line)
  }

  get #next(): number {
    return this.#first + this.#rows.length
  }

  /** From here on cells are looked through for NULs. */
  expectNuls(): void {
    this.#nulsSeen = true
  }

  take(record: CsvRecord): void {
    if (this.#columns === undefined && this.#begin(record)) return
    const width = this.#columns?.length ?? 0
    if (record.cells.length !== width) checkCsvWidth(record, this.#next, width)
    if (this.#nulsSeen) this.#checkNuls(record, this.#next)
    this.#rows.push(record.cells)
    this.#lines.push(record.line)
  }

  /** Takes the names from the first record; whether it was their line. */
  #begin(record: CsvRecord): boolean {
    const { columns, named } = csvColumns(record.cells, this.#options.header)
    if (this.#nulsSeen) this.#checkNuls(record, named ? -1 : 0)
    this.#columns = columnNames(columns)
    this.#named = named
    return named
  }

  #checkNuls({ cells, line }: CsvRecord, row: number): void {
    const index = cells.findIndex((cell) => cell.includes('\0'))
    if (index < 0) return
    const column = row < 0 || !this.#columns ? index + 1 : `"${this.#columns[index]}"`
    fail({
      code: 'table/nul',
      seen: `a NUL byte at ${placeOf(row, line)}, column ${column}`,
      wanted: 'text',
      fix: 'check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000"',
    })
  }

  /** Chunks of the rows taken so far; what does not fill one is kept unless `all`. */
  *chunks(all: boolean): Generator<TableChunk> {
    const most = this.#options.chunkRows ?? CHUNK_ROWS
    let from = 0
    for (; this.#columns && this.#rows.length - from >= (all ? 1 : most); from += most) {
      const rows = this.#rows.slice(from, from + most)
      const first = this.#first
      if (first === 0 && this.#columns.length === 1 && this.#options.separator === undefined)
        checkSeparator(this.#named ? [this.#columns, ...rows] : rows)
      this.#first += rows.length
      yield { columns: this.#columns, first, rows, lines: this.#lines.slice(from, from + most) }
    }
    if (from === 0) return
    this.#rows = this.#rows.slice(from)
    this.#lines = this.#lines.slice(from)
  }

  /** Error: `csv/empty` where there was no row. */
  checkAny(): void {
    if (this.#next === 0)
      fail({
        code: 'csv/empty',
        seen: this.#columns ? 'column names without a row' : 'a CSV file without a row',
        wanted: 'a line of column names and at least one row',
        fix: 'check that this is the right file',
      })
  }
}

async function* readCsvTable(
  source: TableSource,
  options: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const splitter = new CsvSplitter(options)
  const taken = new CsvRows(options)
  let characters = 0
  for await (const text of textOf(source.pieces(), () => taken.place(splitter.line))) {
    if (text.includes('\0')) taken.expectNuls()
    for (const record of splitter.push(text)) taken.take(record)
    characters += text.length
    const all = options.eager === true || characters > CHUNK_TEXT
    if (all) characters = 0
    yield* taken.chunks(all)
  }
  for (const record of splitter.end()) taken.take(record)
  taken.checkAny()
  yield* taken.chunks(true)
}

/**
 * CSV (RFC 4180, or with semicolons, tabs or bars) in UTF-8: cells are texts, quotes undone and nothing trimmed; blank
 * lines are passed over. Rows are counted from 1, without the line of names.
 *
 * Errors: `csv/empty`, `csv/ragged`, `csv/quotes`, `csv/separator`, `table/nul`, `table/column-names`,
 * `text/long-record`, `text/utf-8`, `text/utf-16`.
 */
export const csv: TableReader = {
  name: 'CSV',
  endings: ['csv', 'tsv', 'tab', 'psv', 'txt'],
  matches: (opening) => opening.length > 0 && !opening.includes(0),
  read: readCsvTable,
}
