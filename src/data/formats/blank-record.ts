import type { RecordPlace } from './quoted-record.ts'
import { closingQuote, refuseQuotes, unquoted } from './quoted-record.ts'

const isBlank = (code: number): boolean => code === 32 || code === 9
const isLineEnd = (code: number): boolean => code === 10 || code === 13

function afterBlanks(text: string, from: number): number {
  let at = from
  while (isBlank(text.charCodeAt(at))) at++
  return at
}

function wordEnd(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isBlank(code) || isLineEnd(code)) break
  }
  return at
}

/** Where the cell at `at` ends; undefined where that is not known. Error: `csv/quotes`. */
function cellEnd(text: string, at: number, place: RecordPlace): number | undefined {
  if (text.charCodeAt(at) !== 34) return wordEnd(text, at)
  const close = closingQuote(text, at, place.quotes)
  if (close < 0) return place.last ? refuseQuotes(text, at, place) : undefined
  const end = close + 1
  return wordEnd(text, end) === end ? end : refuseQuotes(text, at, place)
}

/**
 * The cells of the record at `start`, between which are runs of blanks, and where its line end stands; undefined where
 * the record is not known to end in this text and `last` is false. Blanks before the first and after the last are none.
 *
 * Error: `csv/quotes`.
 */
export function blankRecord(
  text: string,
  start: number,
  place: RecordPlace,
): { readonly cells: string[]; readonly end: number } | undefined {
  const cells: string[] = []
  for (let at = afterBlanks(text, start); ; ) {
    if (at === text.length && !place.last) return undefined
    if (at === text.length || isLineEnd(text.charCodeAt(at))) return { cells, end: at }
    const end = cellEnd(text, at, place)
    if (end === undefined) return undefined
    const cell = text.slice(at, end)
    cells.push(cell.startsWith('"') ? unquoted(cell.slice(1, -1), place.quotes) : cell)
    at = afterBlanks(text, end)
  }
}
