import { fail } from '../../base/errors.ts'
import type { Cell } from './cell.ts'

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (ArrayBuffer.isView(value)) return 'bytes or numbers in a typed array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** A `Date` with no time in it is missing. */
const dateCell = (date: Date): Cell => (Number.isNaN(date.getTime()) ? null : date.toISOString())

/**
 * A value as a cell: dates as ISO 8601 text in UTC, undefined and NaN as missing, bigints as numbers where these hold
 * them exactly, else as text.
 *
 * Error: `table/nested` for anything that is not one value; `where` says where it stands.
 */
export function cellOf(value: unknown, where: () => string): Cell {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof Date) return dateCell(value)
  return fail({
    code: 'table/nested',
    seen: `${kindOf(value)} at ${where()}`,
    wanted: 'a number, a text, true, false or nothing in each cell',
    fix: 'write what is inside into columns of its own, or leave the column out',
  })
}
