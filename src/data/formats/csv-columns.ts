import { fail } from '../../base/errors.ts'
import { isNumberText } from '../tables/number-text.ts'
import type { CsvRecord } from './records.ts'

/** What the first record of a CSV text says: the names of the columns, and whether it is their line or a row. */
export interface CsvColumns {
  readonly columns: readonly string[]
  readonly named: boolean
}

/** `header`: whether the first record names the columns; without it, it does when none of its cells is a number. */
export function csvColumns(first: readonly string[], header?: boolean): CsvColumns {
  const named = header ?? !first.some(isNumberText)
  return { columns: first.map((cell, index) => (named ? cell.trim() : `${index}`)), named }
}

/** Error: `csv/ragged` where a record, row `row` from 0, has not `width` cells. */
export function checkCsvWidth({ line, cells }: CsvRecord, row: number, width: number): void {
  if (cells.length !== width)
    fail({
      code: 'csv/ragged',
      seen: `${cells.length} cells in row ${row + 1} (line ${line})`,
      wanted: `${width}, as in the first line`,
      fix: 'give every row as many cells, separated as in the first line',
    })
}
