import type { Cell } from '../../../data/tables/cell.ts'
import { cellOf } from '../../../data/tables/cell-of.ts'
import { keysOf } from '../../../data/tables/rows.ts'
import { lackingIn, type TableFacts } from '../../../infer/tables/given-table.ts'
import type { BodyRows } from './bodies.ts'

type Facts = Pick<TableFacts, 'schema' | 'left'>

/**
 * The cells of the modelled columns of a body's rows, in the model's order; what a row lacks is missing. Numbers of rows
 * in errors begin after `first`.
 *
 * Errors: `table/columns`, `table/nested`.
 */
export function cellsIn(body: BodyRows, columns: readonly string[], facts: Facts, first: number): Cell[][] {
  return 'objects' in body
    ? ofObjects(body.objects, columns, facts, first)
    : ofLists(body, columns, facts, first)
}

function ofObjects(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
  facts: Facts,
  first: number,
): Cell[][] {
  let lacks = false
  const cells = rows.map((row, at) =>
    columns.map((name) => {
      const value = Object.hasOwn(row, name) ? row[name] : undefined
      if (value === undefined) lacks = true
      return cellAt(value, first + at, name)
    }),
  )
  // Rows that have every column have no misspelled one.
  if (lacks) lackingIn(keysOf(rows), columns, facts)
  return cells
}

function ofLists(
  { columns: names, rows }: Extract<BodyRows, { readonly columns: unknown }>,
  columns: readonly string[],
  facts: Facts,
  first: number,
): Cell[][] {
  if (rows.length > 0) lackingIn(names, columns, facts)
  const places = columns.map((name) => names.indexOf(name))
  return rows.map((row, at) =>
    places.map((place, column) => (place < 0 ? null : cellAt(row[place], first + at, columns[column]))),
  )
}

const cellAt = (value: unknown, row: number, column: string): Cell =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : cellOf(value, () => `row ${row + 1}, column "${column}"`)
