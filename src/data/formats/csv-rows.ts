import { type CsvDialect, type DialectOptions, dialectOf, LOOKED_AT, ROW_NAMES } from './dialect.ts'
import { footersIn, isTotal, MOST_FOOTERS } from './footers.ts'
import { doubtNote } from './header.ts'
import { refuseRagged } from './ragged.ts'
import { type CsvRecord, CsvSplitter } from './records.ts'
import { isRuler, unitNote } from './unit-lines.ts'

/** A row of a text table, and the line on which it begins, counted from 1. */
export type CsvRow = CsvRecord

export interface CsvRowsOptions extends DialectOptions {
  /** The most characters of a record. */
  readonly longest?: number
  /** Gives rows as soon as their text has come: of what stands below the first line nothing may be known then. */
  readonly eager?: boolean
  /**
   * Whether rows may lack their last cells, and lines below the table, such as totals and sources, are left out; the latter
   * are not of rows that are eager.
   */
  readonly isTable?: boolean
}

const LINE_END = /[\r\n]/

/** Rows of a text table that comes in pieces, and the names of its columns. */
export class CsvRows {
  readonly #options: CsvRowsOptions
  #opening = ''
  #dialect: CsvDialect | undefined
  #splitter: CsvSplitter | undefined
  #columns: readonly string[] | undefined
  #first: CsvRecord | undefined
  #width = 0
  #rows = 0
  /** The last rows, which may be lines below the table. */
  #held: CsvRow[] = []
  #hadTotals = false
  #footers: readonly CsvRow[] = []
  #short: ShortRows | undefined
  #units: CsvRow[] = []

  constructor(options: CsvRowsOptions = {}) {
    this.#options = options
  }

  /** As the table calls them, without blanks around; numbers from 0 where it does not; undefined before the first record. */
  get columns(): readonly string[] | undefined {
    return this.#columns
  }

  /** Whether the table names its columns. */
  get isNamed(): boolean {
    return this.#dialect !== undefined && (this.#dialect.isNamed || this.#dialect.names !== undefined)
  }

  /** What is to be said of how its beginning was read, for people; known with the first row. */
  get notes(): readonly string[] {
    const { isDoubtful = false, isNamed = true, namesRows = false } = this.#dialect ?? {}
    const lines = [...(this.#dialect?.above ? [this.#dialect.above] : []), ...this.#units]
    return [
      ...(isDoubtful ? [doubtNote(isNamed)] : []),
      ...(namesRows ? [ROW_NAMES] : []),
      ...lines
        .filter(({ cells }) => !isRuler(cells) && cells.some((cell) => cell.trim() !== ''))
        .map(({ line, cells }) => unitNote(line, cells)),
    ]
  }

  /** Lines below the table that were left out; known in the end. */
  get footers(): readonly CsvRow[] {
    return this.#footers
  }

  /** Rows whose last cells were lacking so far. */
  get short(): ShortRows | undefined {
    return this.#short && { ...this.#short, isEach: this.#short.count === this.#rows && this.#rows > 1 }
  }

  /** What stands between cells; undefined before the first record. */
  get separator(): string | undefined {
    return this.#dialect?.separator
  }

  /** What follows the text given so far, as messages name it: rows are counted, and given to nobody, to tell. */
  placeOfNext(): string {
    if (!this.#splitter) for (const _ of this.#begin(false));
    const line = this.#splitter?.line ?? 1
    const isFirst = this.#columns === undefined && this.#options.header !== false
    return isFirst ? `the first line (line ${line})` : `row ${this.#rows + 1} (line ${line})`
  }

  /** The rows that this piece ends. Errors: `csv/quotes`, `csv/ragged`, `text/long-record`. */
  *push(piece: string): Generator<CsvRow> {
    if (this.#splitter) return yield* this.#rowsOf(this.#splitter.push(piece))
    this.#opening += piece
    const isEnough =
      this.#opening.length >= LOOKED_AT || (this.#options.eager === true && this.#hasLine(piece))
    if (isEnough) yield* this.#begin(false)
  }

  /** Whether this piece ends a line that is not blank; an expression for all of that takes a long line's square. */
  #hasLine(piece: string): boolean {
    return LINE_END.test(piece) && LINE_END.test(this.#opening.trimStart())
  }

  /** The rows that end with the text. */
  *end(): Generator<CsvRow> {
    if (!this.#splitter) yield* this.#begin(true)
    if (this.#splitter) yield* this.#rowsOf(this.#splitter.end())
    const rows = this.#held
    const count = this.#footersIn(rows)
    this.#footers = rows.slice(rows.length - count)
    for (const row of rows.slice(0, rows.length - count)) yield this.#filledUp(row)
  }

  /** A row with what it lacks at its end as empty cells. */
  #filledUp(row: CsvRow): CsvRow {
    const lacks = this.#width - row.cells.length
    if (lacks <= 0) return row
    this.#short = { count: (this.#short?.count ?? 0) + 1, line: this.#short?.line ?? row.line }
    return { ...row, cells: [...row.cells, ...Array.from({ length: lacks }, () => '')] }
  }

  *#begin(isWhole: boolean): Generator<CsvRow> {
    const opening = this.#opening
    const dialect = dialectOf(opening, isWhole, this.#options)
    this.#opening = ''
    this.#dialect = dialect
    this.#splitter = new CsvSplitter({
      ...this.#options,
      separator: dialect.separator,
      quotes: dialect.quotes,
      line: dialect.line,
    })
    yield* this.#rowsOf(this.#splitter.push(opening.slice(dialect.from)))
  }

  *#rowsOf(records: Iterable<CsvRecord>): Generator<CsvRow> {
    for (const record of records) {
      if (this.#columns === undefined && this.#isNames(record)) continue
      if (this.#units.length < (this.#dialect?.units ?? 0)) {
        this.#units.push(record)
        continue
      }
      const mayLack = this.#options.isTable === true && this.#dialect?.endsOpen !== true
      const isShort = mayLack && record.cells.length < this.#width && !record.cells[0].startsWith('#')
      if (record.cells.length !== this.#width && !isShort && !this.#mend(record)) continue
      if (this.#dialect?.endsOpen) this.#dropLast(record)
      this.#rows++
      if (!mayLack) yield record
      else if (this.#options.eager === true) yield this.#filledUp(record)
      else yield* this.#heldBack(record)
    }
  }

  /** The rows that others come after, so many that they are above the end of the table. */
  *#heldBack(row: CsvRow): Generator<CsvRow> {
    this.#held.push(row)
    if (this.#held.length <= MOST_FOOTERS) return
    const oldest = this.#held.shift() as CsvRow
    this.#hadTotals ||= isTotal(oldest.cells)
    yield this.#filledUp(oldest)
  }

  /** How many of these rows, the last of all, are lines below the table. */
  #footersIn(rows: readonly CsvRow[]): number {
    const count = footersIn(
      rows.map(({ cells }) => cells),
      this.#width,
      this.#hadTotals,
    )
    // A table of nothing but such lines is one of rows.
    return count < this.#rows ? count : 0
  }

  /** Takes the columns from the first record; whether it was the line of their names. */
  #isNames(record: CsvRecord): boolean {
    const { cells } = record
    this.#first = record
    const { isNamed = true, names, width = cells.length, endsOpen = false } = this.#dialect ?? {}
    this.#width = width
    const count = endsOpen ? width - 1 : width
    const named = cells.length === count - 1 ? ['', ...cells] : cells.slice(0, count)
    this.#columns = names ?? named.map((cell, index) => (isNamed ? cell.trim() : `${index}`))
    return isNamed
  }

  /** Whether a record of another width is a row nevertheless; a comment is none. Error: `csv/ragged`. */
  #mend({ line, cells }: CsvRecord): boolean {
    if (this.#dialect?.endsOpen && cells.length === this.#width - 1) {
      cells.push('')
      return true
    }
    if (cells[0].startsWith('#')) return false
    return this.#refuse({ line, cells })
  }

  #dropLast(record: CsvRecord): void {
    if (record.cells.at(-1)?.trim() !== '') this.#refuse(record, this.#width - 1)
    record.cells.pop()
  }

  #refuse(record: CsvRecord, width = this.#width): never {
    const { separator = ',', common = width } = this.#dialect ?? {}
    return refuseRagged({ record, row: this.#rows, first: this.#first ?? record, width, common, separator })
  }
}

/** Rows that lack their last cells, the line of the first of them, and whether no row has them. */
export interface ShortRows {
  readonly count: number
  readonly line: number
  readonly isEach?: boolean
}

/** What was filled up, for people. */
export const shortNote = ({ count, line, isEach }: ShortRows): string =>
  isEach
    ? 'the first line has more cells than any row; columns that it alone has are all missing'
    : count === 1
      ? `the row on line ${line} has fewer cells than the first line; the last ones are missing there`
      : `${count} rows have fewer cells than the first line (the first is on line ${line}); the last ones are missing there`
