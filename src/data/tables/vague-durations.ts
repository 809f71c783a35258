import type { Cell } from './cell.ts'
import { isDuration } from './forms/index.ts'
import { numberOf } from './number-text.ts'
import type { ColumnSchema } from './schema.ts'

/** So many times longer than any that was seen, a duration is in another unit. */
const MUCH_LONGER = 100

/**
 * Whether a cell of a column of durations is a bare number that may be seconds, days or nanoseconds, where its source does
 * not say that it is a duration; undefined for columns of anything else.
 */
export function vagueDuration(column: ColumnSchema): ((cell: Cell) => boolean) | undefined {
  if ('form' in column && isDuration(column.form)) return (cell) => typeof cell === 'number'
  if (column.kind !== 'real' || !column.areSeconds) return undefined
  const { low, high, decimals } = column
  const longest = MUCH_LONGER * Math.max(Math.abs(low), Math.abs(high))
  return (cell) => {
    const value = numberOf(cell)
    return Math.abs(value) > longest || (decimals === 0 && value % 1 !== 0 && !Number.isNaN(value))
  }
}
