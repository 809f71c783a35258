/** How times of rows go on, and how they are written. */
import { fail } from '../../../base/errors.ts'
import type { Cell } from '../cell.ts'
import { MINUTE, minutesAhead } from '../dates/calendar.ts'
import { currentFormat } from '../dates/format.ts'
import { cellWriter, valueReader } from '../encode.ts'
import { numberOf } from '../number-text.ts'
import type { ColumnSchema } from '../schema.ts'

/** So many rows, and the column that says when each is. */
export interface Going {
  readonly column: ColumnSchema | undefined
  readonly count: number
}

/** Reads the column that orders rows, and writes it. */
export function timeCells(column: ColumnSchema | undefined): {
  read(cell: Cell): number
  write(time: number): Cell
} {
  const read = column && valueReader(column)
  if (!column || !read) return { read: numberOf, write: (time) => time }
  return { read, write: cellWriter(column) }
}

/** Cells of so many rows after one, which come by steps. Error: `table/ahead`. */
export function cellsFrom(
  last: number,
  {
    column,
    count,
    step,
    later,
  }: Going & { readonly step: number; readonly later: (steps: number) => number },
): Cell[] {
  const { read, write } = timeCells(column)
  const cells: Cell[] = []
  let before = last
  // A column of working days writes a Saturday as the Monday after it, or as the Friday before.
  for (let steps = 1; cells.length < count && steps <= MOST_STEPS * (count + 1); steps++) {
    const cell = write(later(steps))
    const time = read(cell)
    if (!(time - before > step / 2)) continue
    cells.push(cell)
    before = time
  }
  return cells.length < count ? refuseStep() : cells
}

/** Steps for a row at most: of days of which one in a week is kept to. */
const MOST_STEPS = 8

export const zoneOf = (column: Extract<ColumnSchema, { kind: 'datetime' }>): number =>
  minutesAhead(currentFormat(column.format).zone ?? '') * MINUTE

/** When a month begins, counted from year 0. */
export function startOf(month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1)
  return date.getTime()
}

/** Error, usage: `table/ahead`. */
export const refuseStep = (): never =>
  fail({
    code: 'table/ahead',
    seen: 'series without two rows at different times',
    wanted: 'rows that show by which step they go on',
    fix: 'give more rows of each series',
    usage: true,
  })
