import { fail } from '../../base/errors.ts'

const QUOTE = 34
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

/** The quote that closes the one at `open`; -1 where it has not come. */
export function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2)
  return at
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
  const close = closingQuote(text, open)
  if (close < 0) return place.last ? refuseQuotes(text, from, place) : undefined
  const end = afterSpaces(text, close + 1, place.separator)
  const code = text.charCodeAt(end)
  if (end < text.length && code !== place.separator && !isLineEnd(code))
    return refuseQuotes(text, from, place)
  const inside = text.slice(open + 1, close)
  return { cell: inside.includes('""') ? inside.replaceAll('""', '"') : inside, end }
}

function plainCell(text: string, from: number, place: RecordPlace): EndedCell | undefined {
  const end = plainEnd(text, from, place.separator)
  const cell = text.slice(from, end)
  return cell.includes('"') ? refuseQuotes(text, from, place) : { cell, end }
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
    const first = afterSpaces(text, at, place.separator)
    const quoted = text.charCodeAt(first) === QUOTE
    const ended = quoted ? quotedCell(text, at, first, place) : plainCell(text, at, place)
    if (ended === undefined || (ended.end === text.length && !place.last)) return undefined
    cells.push(ended.cell)
    at = ended.end
    if (text.charCodeAt(at) !== place.separator) return { cells, end: at }
  }
}
