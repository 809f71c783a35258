import { fail } from '../../base/errors.ts'

const FEED = 10
const RETURN = 13

/** Spaces that do not count beside quotes. */
const isSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 11 || code === 12 || code === 160

const isLineEnd = (code: number): boolean => code === FEED || code === RETURN

function afterSpaces(text: string, at: number, separator: number): number {
  let next = at
  for (;;) {
    const code = text.charCodeAt(next)
    if (!isSpace(code) || code === separator) return next
    next++
  }
}

/**
 * How a quote inside of quotes is written: twice, or as R and MySQL do, after a backslash; or quotes mean nothing but
 * around a whole cell, as in tables with tabs; or single quotes stand around cells, doubled inside them.
 */
export type Quotes = 'doubled' | 'escaped' | 'literal' | 'single'

/** The character that stands around cells. */
export const quoteMark = (quotes: Quotes): string => (quotes === 'single' ? "'" : '"')

const BACKSLASH = 92

/** The quote that closes the one at `open`; -1 where it has not come. */
export function closingQuote(text: string, open: number, quotes: Quotes): number {
  const mark = quoteMark(quotes)
  for (let at = text.indexOf(mark, open + 1); at >= 0; ) {
    const isEscaped = quotes === 'escaped' && text.charCodeAt(at - 1) === BACKSLASH
    if (isEscaped) at = text.indexOf(mark, at + 1)
    else if (text[at + 1] === mark) at = text.indexOf(mark, at + 2)
    else return at
  }
  return -1
}

/** What stands inside of quotes. */
export function unquoted(inside: string, quotes: Quotes): string {
  const mark = quoteMark(quotes)
  const single = inside.includes(mark + mark) ? inside.replaceAll(mark + mark, mark) : inside
  return quotes === 'escaped' ? single.replaceAll('\\"', '"') : single
}

function plainEnd(text: string, from: number, separator: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === separator || isLineEnd(code)) break
  }
  return at
}

/** Where a record stands, and whether more text may follow. */
export interface RecordPlace {
  readonly separator: number
  readonly line: number
  readonly last: boolean
  readonly quotes: Quotes
}

/** Where a cell ends, and what is in it; undefined where the text ends before it is known to end. */
interface EndedCell {
  readonly cell: string
  readonly end: number
}

/** Error: `csv/quotes`, as soon as the whole cell has come. */
export function refuseQuotes(text: string, from: number, { separator, line, last }: RecordPlace): undefined {
  const end = plainEnd(text, from, separator)
  if (end === text.length && !last) return undefined
  return fail({
    code: 'csv/quotes',
    seen: `the cell ${text.slice(from, end).trim().slice(0, 40)} on line ${line}`,
    wanted: 'quotes around the whole cell, doubled inside it',
    fix: 'mend the quotes of this line',
  })
}

function quotedCell(text: string, from: number, open: number, place: RecordPlace): EndedCell | undefined {
  const close = closingQuote(text, open, place.quotes)
  if (close < 0) return place.last ? refuseQuotes(text, from, place) : undefined
  const end = afterSpaces(text, close + 1, place.separator)
  const code = text.charCodeAt(end)
  if (end < text.length && code !== place.separator && !isLineEnd(code))
    return refuseQuotes(text, from, place)
  return { cell: unquoted(text.slice(open + 1, close), place.quotes), end }
}

/** A cell whose quotes are part of it, but for those around all of it. */
function literalCell(text: string, from: number, { separator }: RecordPlace): EndedCell {
  const end = plainEnd(text, from, separator)
  const cell = text.slice(from, end)
  const isQuoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
  return { cell: isQuoted ? unquoted(cell.slice(1, -1), 'literal') : cell, end }
}

function plainCell(text: string, from: number, place: RecordPlace): EndedCell | undefined {
  const end = plainEnd(text, from, place.separator)
  const cell = text.slice(from, end)
  return place.quotes !== 'single' && cell.includes('"') ? refuseQuotes(text, from, place) : { cell, end }
}

function endedCell(text: string, at: number, place: RecordPlace): EndedCell | undefined {
  if (place.quotes === 'literal') return literalCell(text, at, place)
  const first = afterSpaces(text, at, place.separator)
  const isQuoted = text[first] === quoteMark(place.quotes)
  return isQuoted ? quotedCell(text, at, first, place) : plainCell(text, at, place)
}

/**
 * The cells of the record at `start`, some of them in quotes, and where its line end stands; undefined where the
 * record is not known to end in this text and `last` is false.
 *
 * Error: `csv/quotes` for quotes inside a cell, and for one left open to the end of the last text.
 */
export function quotedRecord(
  text: string,
  start: number,
  place: RecordPlace,
): { readonly cells: string[]; readonly end: number } | undefined {
  const cells: string[] = []
  for (let at = start; ; at++) {
    const ended = endedCell(text, at, place)
    if (ended === undefined || (ended.end === text.length && !place.last)) return undefined
    cells.push(ended.cell)
    at = ended.end
    if (text.charCodeAt(at) !== place.separator) return { cells, end: at }
  }
}
