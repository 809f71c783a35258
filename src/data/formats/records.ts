import { HeldText } from './held-text.ts'
import { quotedRecord } from './quoted-record.ts'

/** One record of a CSV text, and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: string[]
}

export interface CsvSplitting {
  /** Without it the first of comma, semicolon, tab and bar that stands outside quotes in the first line. */
  readonly separator?: string
  /** The most characters of one record. */
  readonly longest?: number
}

/** Characters among which the first line is looked at for a separator. */
const LOOKED_AT = 2 ** 16

const indexOr = (none: number, text: string, what: string, from: number): number => {
  const found = text.indexOf(what, from)
  return found < 0 ? none : found
}

/** The first line that is not blank without what stands in quotes, and whether it has ended. */
function bareFirstLine(text: string): { readonly bare: string; readonly ended: boolean } {
  let bare = ''
  for (let at = text.length - text.trimStart().length; at < text.length; ) {
    const quote = indexOr(text.length, text, '"', at)
    const end = text.slice(at, quote).search(/[\r\n]/)
    if (end >= 0) return { bare: bare + text.slice(at, at + end), ended: true }
    bare += text.slice(at, quote)
    at = indexOr(text.length, text, '"', quote + 1) + 1
  }
  return { bare, ended: false }
}

/** A comma; else what else the first line has outside quotes; undefined where that line has not ended. */
function separatorOf(text: string, last: boolean): string | undefined {
  const { bare, ended } = bareFirstLine(text.slice(0, LOOKED_AT))
  if (!ended && text.length < LOOKED_AT && !last) return undefined
  return [',', ';', '\t', '|'].find((separator) => bare.includes(separator)) ?? ','
}

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

/** Splits a CSV text that comes in pieces into records: RFC 4180, or with another separator; any line ends. */
export class CsvSplitter {
  readonly #held: HeldText
  #separator: string | undefined
  #begun = false
  #line = 1

  constructor({ separator, longest }: CsvSplitting = {}) {
    this.#separator = separator
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

  *#split(all: string, last: boolean): Generator<CsvRecord> {
    const text = this.#begun || !all.startsWith('\ufeff') ? all : all.slice(1)
    this.#separator ??= separatorOf(text, last)
    if (this.#separator !== undefined) {
      this.#begun ||= all !== ''
      const at = yield* this.#take(text, this.#separator, last)
      this.#held.keep(text.slice(at))
    }
    this.#held.check(this.#line)
  }

  /** The records that end in `text`; returns where the next begins. */
  *#take(text: string, separator: string, last: boolean): Generator<CsvRecord, number> {
    const none = text.length
    const code = separator.charCodeAt(0)
    let at = 0
    let feed = -1
    let back = -1
    let quote = -1
    while (at < none) {
      if (feed < at) feed = indexOr(none, text, '\n', at)
      if (back < at) back = indexOr(none, text, '\r', at)
      if (quote < at) quote = indexOr(none, text, '"', at)
      const line = this.#line
      const bare = Math.min(feed, back)
      const quoted = quote < bare ? quotedRecord(text, at, { separator: code, line, last }) : undefined
      if (quote < bare && quoted === undefined) return at
      const end = quoted?.end ?? bare
      const returns = text.charCodeAt(end) === 13
      if (!last && (end === none || (returns && end + 1 === none))) return at
      this.#held.check(line, end - at)
      const cells = quoted?.cells ?? text.slice(at, end).split(separator)
      this.#line += 1 + (quoted ? linesIn(text.slice(at, end)) : 0)
      at = returns && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
      if (quoted || cells.length > 1 || cells[0].trim() !== '') yield { line, cells }
    }
    return at
  }
}

/** The records of a whole CSV text; blank lines are passed over. Error: `csv/quotes`. */
export function csvRecords(text: string): CsvRecord[] {
  const splitter = new CsvSplitter({ longest: Number.POSITIVE_INFINITY })
  return [...splitter.push(text), ...splitter.end()]
}

const csvCell = (text: string): string =>
  /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** One line of a CSV text, without its line end. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',')
