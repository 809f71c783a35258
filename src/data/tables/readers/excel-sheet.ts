import { fail } from '../../../base/errors.ts'
import { attributeIn } from './excel-xml.ts'

/** Cells of a sheet, empty ones among them. */
const MOST_CELLS = 2 ** 25
const MOST_ROWS = 2 ** 20

/** Rows and cells with what is said of them. */
const TAG = /<(?:\w+:)?(row|c)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g
const PLACE = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/
const STYLE = /\ss\s*=\s*(?:"(\d+)"|'(\d+)')/
const ADDRESS = /^([A-Z]{0,3})(\d{1,7})$/
/** A formula of which nobody has computed the value: programs write workbooks so, and spreadsheets compute them when they open one. */
const UNCOMPUTED =
  /<(?:\w+:)?c\b(?:[^>"']|"[^"]*"|'[^']*')*>\s*<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v\s*>\s*<\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/g

/** What of a sheet the library does not tell. */
export interface ScannedSheet {
  /** The sheet without formats and formulas without a value. */
  readonly xml: string
  /** The number of the style of a cell by its row and its column, from 0. */
  style(row: number, column: number): number | undefined
  /** Cells in one column that are one to a reader, from a row to a row, from 0. */
  readonly merged: readonly { readonly column: number; readonly from: number; readonly to: number }[]
  /** How many formulas have no value. */
  readonly uncomputed: number
}

export const tooLarge = (seen: string): never =>
  fail({
    code: 'excel/too-large',
    seen,
    wanted: `at most 512 MiB of texts, and ${MOST_CELLS} cells in a sheet`,
    fix: 'save the sheet as CSV, which is read row by row',
  })

const columnOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0)

/** Cells that were merged down a column; what is merged across columns is a title. */
function mergedIn(xml: string): ScannedSheet['merged'] {
  return [...xml.matchAll(/<(?:\w+:)?mergeCell\b[^>]*>/g)].flatMap(([tag]) => {
    const [, first, from, last, to] =
      /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(attributeIn(tag, 'ref') ?? '') ?? []
    return first !== undefined && first === last && Number(to) <= MOST_ROWS
      ? [{ column: columnOf(first) - 1, from: Number(from) - 1, to: Number(to) - 1 }]
      : []
  })
}

/**
 * The styles of a sheet's cells, with every place checked: the library fills up all rows and cells to the last one, and a
 * wrong place would fill memory. Error: `excel/too-large`.
 */
export function scannedSheet(given: string): ScannedSheet {
  const styles = new Map<number, number>()
  const keyOf = (row: number, column: number) => row * 2 ** 15 + column
  let [rows, columns, row, column, uncomputed] = [1, 1, 0, 0, 0]
  const computed = given.replace(UNCOMPUTED, () => {
    uncomputed++
    return ''
  })
  const xml = computed.replace(TAG, (tag: string, name: string, attributes: string) => {
    const [found, inDouble, inSingle] = PLACE.exec(attributes) ?? []
    const place = inDouble ?? inSingle ?? ''
    const [, letters, digits] =
      found === undefined ? [] : (ADDRESS.exec(place) ?? tooLarge(`a cell at ${place.slice(0, 40)}`))
    if (name === 'row') [row, column] = [digits === undefined ? row + 1 : Number(digits), 0]
    else {
      if (digits !== undefined) row = Number(digits)
      column = letters === undefined || letters === '' ? column + 1 : columnOf(letters)
    }
    rows = Math.max(rows, row)
    columns = Math.max(columns, column)
    if (name === 'row') return tag
    const [style, double, single] = STYLE.exec(attributes) ?? []
    if (style === undefined) return tag
    const number = Number(double ?? single)
    if (number > 0) styles.set(keyOf(row - 1, column - 1), number)
    return tag.replace(STYLE, '')
  })
  if (rows > MOST_ROWS || rows * columns > MOST_CELLS) tooLarge(`a sheet of ${rows} × ${columns} cells`)
  return { xml, style: (row, column) => styles.get(keyOf(row, column)), merged: mergedIn(given), uncomputed }
}
