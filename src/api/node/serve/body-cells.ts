import type { Cell } from '../../../data/tables/cell.ts'
import { cellOf } from '../../../data/tables/cell-of.ts'
import { keysOf } from '../../../data/tables/rows.ts'
import { lackingIn, refuseLacking, type TableFacts } from '../../../infer/tables/given-table.ts'
import type { BodyRows } from './bodies.ts'

/** What is known of a model's table, and which of the columns that are read it is given instead of modelling them. */
interface Facts extends Pick<TableFacts, 'schema' | 'left'> {
  readonly known: readonly string[]
}

/**
 * The cells of a body's rows in the columns that a model reads, in their order; what a row lacks is missing. Numbers of
 * rows in errors begin after `first`.
 *
 * Errors: `table/columns`, `table/nested`.
 */
export function cellsIn(body: BodyRows, columns: readonly string[], facts: Facts, first: number): Cell[][] {
  return 'objects' in body
    ? ofObjects(body.objects, columns, facts, first)
    : ofLists(body, columns, facts, first)
}

/** Rows may lack what a model says something of, and nothing else. */
function checkKeys(keys: readonly string[], columns: readonly string[], facts: Facts): void {
  const { known } = facts
  const modelled = columns.filter((name) => !known.includes(name))
  const lacking = known.filter((name) => !keys.includes(name))
  if (lacking.length > 0) refuseLacking(lacking, keys)
  lackingIn(keys, modelled, facts)
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
  if (lacks) checkKeys(keysOf(rows), columns, facts)
  return cells
}

function ofLists(
  { columns: names, rows }: Extract<BodyRows, { readonly columns: unknown }>,
  columns: readonly string[],
  facts: Facts,
  first: number,
): Cell[][] {
  if (rows.length > 0) checkKeys(names, columns, facts)
  const places = columns.map((name) => names.indexOf(name))
  return rows.map((row, at) =>
    places.map((place, column) => (place < 0 ? null : cellAt(row[place], first + at, columns[column]))),
  )
}

const cellAt = (value: unknown, row: number, column: string): Cell =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : cellOf(value, () => `row ${row + 1}, column "${column}"`)
