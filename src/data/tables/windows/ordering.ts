/** What is made of how somebody says that rows are ordered. */
import { fail } from '../../../base/errors.ts'
import type { KindName, TableSchema } from '../schema.ts'
import type { Windows, WindowsChoice } from './windows.ts'

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

/** The schema of the column that orders a table, and of the one that says whose rows are, taken from that of all. Error: `table/order`. */
export function orderSchema(windows: Pick<Windows, 'order' | 'group'>, all: TableSchema): TableSchema {
  const { order } = windows
  const columns = orderingColumns(windows).flatMap((name) => all.columns.filter((own) => own.name === name))
  const [column] = columns.filter(({ name }) => name === order)
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
