import { blankRecord } from './blank-record.ts'
import { HeldText } from './held-text.ts'
import { type Quotes, quotedRecord, quoteMark } from './quoted-record.ts'

/** One record of a CSV text, and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: string[]
}

/** Separates cells by runs of blanks and tabs instead of one character. */
export const BLANKS = ' '

export interface CsvSplitting {
  /** One character, or `BLANKS`; default: a comma. */
  readonly separator?: string
  /** How quotes inside of quotes are written; default: doubled. */
  readonly quotes?: Quotes
  /** The most characters of one record. */
  readonly longest?: number
  /** The line on which the text begins, where it is not the first. */
  readonly line?: number
}

const indexOr = (none: number, text: string, what: string, from: number): number => {
  const found = text.indexOf(what, from)
  return found < 0 ? none : found
}

/** How many line ends, of any kind, are in a text. */
export const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

/** Splits a CSV text that comes in pieces into records: RFC 4180, or with another separator; any line ends. */
export class CsvSplitter {
  readonly #held: HeldText
  readonly #separator: string
  readonly #quotes: Quotes
  #line: number

  constructor({ separator = ',', quotes = 'doubled', longest, line = 1 }: CsvSplitting = {}) {
    this.#separator = separator
    this.#quotes = quotes
    this.#line = line
    this.#held = new HeldText(longest)
  }

  /** The line on which the next record begins, counted from 1. */
  get line(): number {
    return this.#line
  }

  /** The records that this piece ends, to be taken before the next. Errors: `csv/quotes`, `text/long-record`. */
  push(piece: string): Iterable<CsvRecord> {
    const text = this.#held.add(piece)
    if (text !== undefined) return this.#split(text, false)
    this.#held.check(this.#line)
    return []
  }

  /** The record that ends with the text. Errors: `csv/quotes`, `text/long-record`. */
  end(): Iterable<CsvRecord> {
    return this.#split(this.#held.all(), true)
  }

  *#split(text: string, last: boolean): Generator<CsvRecord> {
    const at = yield* this.#take(text, last)
    this.#held.keep(text.slice(at))
    this.#held.check(this.#line)
  }

  /** The records that end in `text`; returns where the next begins. */
  *#take(text: string, last: boolean): Generator<CsvRecord, number> {
    const none = text.length
    const [separator, quotes] = [this.#separator, this.#quotes]
    const code = separator.charCodeAt(0)
    const mark = quoteMark(quotes)
    const recordAt = separator === BLANKS ? blankRecord : quotedRecord
    let at = 0
    let feed = -1
    let back = -1
    let quote = -1
    while (at < none) {
      if (feed < at) feed = indexOr(none, text, '\n', at)
      if (back < at) back = indexOr(none, text, '\r', at)
      if (quote < at) quote = indexOr(none, text, mark, at)
      const line = this.#line
      const bare = Math.min(feed, back)
      const isPlain = quote >= bare && separator !== BLANKS
      const record = isPlain ? undefined : recordAt(text, at, { separator: code, line, last, quotes })
      if (!isPlain && record === undefined) return at
      const end = record?.end ?? bare
      const returns = text.charCodeAt(end) === 13
      if (!last && (end === none || (returns && end + 1 === none))) return at
      this.#held.check(line, end - at)
      const cells = record?.cells ?? text.slice(at, end).split(separator)
      this.#line += 1 + (record && quote < end ? linesIn(text.slice(at, end)) : 0)
      const isBlank =
        separator === BLANKS
          ? cells.length === 0
          : cells.length === 1 && quote >= end && cells[0].trim() === ''
      at = returns && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
      if (!isBlank) yield { line, cells }
    }
    return at
  }
}

const csvCell = (text: string): string =>
  /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** One line of a CSV text, without its line end. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',')
