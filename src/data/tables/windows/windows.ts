/** Windows of a table whose rows come in an order: what is said of them in a recipe. */
import * as z from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import type { KindName, TableSchema } from '../schema.ts'
import { tableSchemaSchema } from '../schema.ts'

/** Rows of a window at most: a row of a model is as many rows of the table. */
const MOST_ROWS = 4096

export const windowsSchema = z.strictObject({
  order: z
    .string()
    .check(z.minLength(1), z.describe('column by which rows are ordered; windows of them are modelled then')),
  group: z.optional(
    z
      .string()
      .check(z.minLength(1), z.describe('column whose values each have rows in an order of their own')),
  ),
  rows: z.optional(
    z.int().check(z.minimum(2), z.maximum(MOST_ROWS), z.describe('rows of a window (default: 24)')),
  ),
  stride: z.optional(
    z
      .int()
      .check(z.positive(), z.describe('rows from the end of one window to the end of the next (default: 1)')),
  ),
  schema: z
    .optional(tableSchemaSchema)
    .check(z.describe('what the column is that orders them; without it that is found out')),
})

/** Windows of ordered rows, as a recipe holds them; a complete one says all but whose rows they are. @inline */
export type WindowsChoice = z.infer<typeof windowsSchema>
/** The same with all that may be left out. @inline */
export type Windows = WindowsChoice & Required<Pick<WindowsChoice, 'rows' | 'stride'>>

const ROWS = 24

/** What was not said, filled in; the stride is no longer than a window, so that every row is in one. Error: `table/stride`. */
export function windowsOf({ rows = ROWS, stride = 1, ...choice }: WindowsChoice): Windows {
  const windows = { ...choice, rows, stride }
  if (windows.stride > windows.rows)
    fail({
      code: 'table/stride',
      seen: `a stride of ${windows.stride} rows for windows of ${windows.rows}`,
      wanted: 'a stride that is no longer than a window, so that every row is in one',
      fix: `use --stride ${windows.rows}`,
      usage: true,
    })
  return windows
}

/** The columns that say where a row belongs and are not modelled. */
export const orderingColumns = ({ order, group }: Pick<WindowsChoice, 'order' | 'group'>): string[] =>
  group === undefined || group === order ? [order] : [order, group]

/** Kinds whose cells come one after another. */
const ORDERED: readonly KindName[] = ['datetime', 'real', 'count', 'ordinal', 'identifier', 'binary']

/** The schema of the column that orders a table, taken from that of all columns. Error: `table/order`. */
export function orderSchema({ order }: Pick<Windows, 'order'>, all: TableSchema): TableSchema {
  const columns = all.columns.filter(({ name }) => name === order)
  const [column] = columns
  if (!column || !ORDERED.includes(column.kind))
    refuseOrder(order, column ? `of the kind ${column.kind}` : 'which is not there')
  return { columns }
}

export const refuseOrder = (order: string, what: string): never =>
  fail({
    code: 'table/order',
    seen: `--order ${order}, a column ${what}`,
    wanted: 'a column of times or of numbers, one for each row',
    fix: 'name the column that says when each row was',
    usage: true,
  })
