/** Lines below a table that are none of its rows: totals, sources, notes. */

import { cellShape } from './cell-shape.ts'

type Cells = readonly string[]

/** Rows at the end that may be such lines. */
export const MOST_FOOTERS = 8

const TOTAL =
  /^(?:(?:grand |sub)?-?totals?|sum|summe|gesamt|gesamtsumme|insgesamt|somme|suma|totale|totaal|average|mean|durchschnitt|mittelwert|moyenne|promedio)\s*(?::|\(.*\))?$/i
const SOURCE =
  /^(?:sources?|notes?|quellen?|anmerkung(?:en)?|hinweise?|fuentes?|remarques?|footnotes?|legend|key|copyright|disclaimer)\s*[:.]|^(?:source|quelle|generated|exported|printed|prepared|created|downloaded|retrieved|erstellt|stand|last updated|as of|end of|page|seite)\b.*[\s:]\S/i
const MARKED = /^(?:[*\u2020\u2021\u00a7\u00a9]|\[\d\]|\+?-{2,}|={2,})/
const COUNTED =
  /^\(?\d[\d,.]* (?:rows?|records?|lines?|entries|observations|zeilen|datensätze|lignes|filas)\b/i
/** Words of a sentence: a row broken off hardly has as many in its first cell. */
const SENTENCE = 4

const isFilled = (cell: string): boolean => cell.trim() !== ''

/** Whether a row is a word for a sum of others, and numbers. */
export function isTotal(cells: Cells): boolean {
  const [first = '', ...rest] = cells.filter(isFilled)
  return TOTAL.test(first.trim()) && rest.every((cell) => cellShape(cell) === 'number')
}

/** Whether what stands in a line is a note on the table: it has one cell, or the second is what a comma in it made. */
function isNote(cells: Cells, width: number): boolean {
  const filled = cells.filter(isFilled)
  const first = (filled[0] ?? '').trim()
  if (SOURCE.test(first) || COUNTED.test(first)) return cells.length < width || filled.length === 1
  const isAlone = filled.length === 1 && (cells.length < width || width > 2)
  return isAlone && (MARKED.test(first) || (/\p{L}/u.test(first) && first.split(/\s+/).length >= SENTENCE))
}

/**
 * How many of the last rows of a table are lines below it; `hadTotals` where rows above them begin with such a word, too,
 * which is a level then.
 */
export function footersIn(rows: readonly Cells[], width: number, hadTotals: boolean): number {
  let count = 0
  for (let back = 1; back <= rows.length; back++) {
    const cells = rows[rows.length - back]
    const isFooter = isNote(cells, width) || (!hadTotals && isTotal(cells))
    const isBlank = !cells.some(isFilled)
    if (isFooter || (isBlank && count > 0)) count = back
    else if (!isBlank) break
  }
  const kept = rows.slice(0, rows.length - count)
  if (!hadTotals && kept.some(isTotal)) return footersIn(rows, width, true)
  return count
}

const LONGEST = 40

/** What was left out, for people. */
export function footerNote(rows: readonly { readonly line: number; readonly cells: Cells }[]): string {
  const said = rows
    .filter(({ cells }) => cells.some(isFilled))
    .map(({ line, cells }) => {
      const text = cells.filter(isFilled).join(', ').trim()
      return `line ${line} "${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}"`
    })
  return `left out below the table: ${said.join(', ')}`
}
