import { fail } from '../../../base/errors.ts'
import { type CsvRow, CsvRows, shortNote } from '../../formats/csv-rows.ts'
import { footerNote } from '../../formats/footers.ts'
import type { TableChunk } from '../cell.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import { checkSeparator } from './odd-separator.ts'
import { CHUNK_TEXT, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { isWideText, textOf } from './text.ts'

/** Rows become chunks. */
class CsvChunks {
  readonly #options: ReadTableOptions
  readonly #table: CsvRows
  #columns: readonly string[] | undefined
  #rows: string[][] = []
  #lines: number[] = []
  #first = 0
  #nulsSeen = false
  #notes: string[] = []
  #shortSaid = false

  constructor(table: CsvRows, options: ReadTableOptions) {
    this.#table = table
    this.#options = options
  }

  /** From here on cells are looked through for NULs. */
  expectNuls(): void {
    this.#nulsSeen = true
  }

  /** Says something of the table, with the next chunk. */
  note(text: string): void {
    this.#notes.push(text)
  }

  take(rows: Iterable<CsvRow>): void {
    for (const row of rows) {
      this.#nameColumns()
      if (this.#nulsSeen) this.#checkNuls(row.cells, `row ${this.#next + 1} (line ${row.line})`)
      this.#rows.push(row.cells)
      this.#lines.push(row.line)
    }
    this.#nameColumns()
    // Of a stream that may not end, the first such row is told of when it comes.
    if (this.#options.eager === true) this.noteShort()
  }

  /** Says, once, which rows were short. */
  noteShort(): void {
    const { short } = this.#table
    if (short && !this.#shortSaid) this.note(shortNote(short))
    this.#shortSaid = short !== undefined
  }

  get #next(): number {
    return this.#first + this.#rows.length
  }

  #nameColumns(): void {
    const { columns } = this.#table
    if (columns === undefined || this.#columns !== undefined) return
    if (this.#nulsSeen) this.#checkNuls(columns, 'the line of names')
    this.#columns = columnNames(columns)
  }

  #checkNuls(cells: readonly string[], place: string): void {
    const index = cells.findIndex((cell) => cell.includes('\0'))
    if (index < 0) return
    fail({
      code: 'table/nul',
      seen: `a NUL byte at ${place}, column ${this.#columns ? `"${this.#columns[index]}"` : index + 1}`,
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
        checkSeparator(this.#table.isNamed ? [this.#columns, ...rows] : rows)
      this.#first += rows.length
      const begin = first === 0 ? this.#table.notes : []
      const notes = [...begin, ...this.#notes.splice(0)]
      const { columns = [], separator = ',', isNamed } = this.#table
      const whole = this.#options.keeping?.csv(columns, separator, isNamed)
      yield {
        ...{ columns: this.#columns, first, rows, lines: this.#lines.slice(from, from + most) },
        ...(notes.length > 0 && { notes }),
        ...(whole && { whole }),
      }
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

const guessNote = (encoding: string): string =>
  `the text is not UTF-8 and was read as ${encoding}; if letters are wrong, name another with --encoding`

async function* readCsvTable(
  source: TableSource,
  options: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const table = new CsvRows({ ...options, isTable: true })
  const taken = new CsvChunks(table, options)
  let characters = 0
  const decoding = {
    encoding: options.encoding,
    guess: options.usual?.encoding ?? 'windows-1252',
    onGuess: (encoding: string) => taken.note(guessNote(encoding)),
  }
  for await (const text of textOf(source.pieces(), () => table.placeOfNext(), decoding)) {
    if (text.includes('\0')) taken.expectNuls()
    taken.take(table.push(text))
    characters += text.length
    const all = options.eager === true || characters > CHUNK_TEXT
    if (all) characters = 0
    yield* taken.chunks(all)
  }
  taken.take(table.end())
  taken.checkAny()
  taken.noteShort()
  if (table.footers.length > 0) taken.note(footerNote(table.footers))
  yield* taken.chunks(true)
}

/**
 * CSV (RFC 4180, or with semicolons, tabs, bars, blanks or another separator) in UTF-8, UTF-16 or another encoding: cells
 * are texts, quotes undone and nothing trimmed; blank lines, comments (`#`), titles above the table and totals, sources and
 * notes below it are passed over. Rows are counted from 1, without the line of names.
 *
 * Errors: `csv/empty`, `csv/ragged`, `csv/quotes`, `csv/separator`, `table/nul`, `text/long-record`, `text/utf-8`,
 * `text/encoding`.
 */
export const csv: TableReader = {
  name: 'CSV',
  endings: ['csv', 'tsv', 'tab', 'psv', 'txt'],
  matches: (opening) => opening.length > 0 && !looksBinary(opening),
  read: readCsvTable,
}

/** Zeros are in no text but one of two bytes a character. */
const looksBinary = (opening: Uint8Array): boolean => opening.includes(0) && !isWideText(opening)
