import { fail } from '../../base/errors.ts'
import type { Turns } from '../../base/turns.ts'
import { columnList } from '../../data/tables/chunk-checks.ts'
import { type TableRows, tableAt, unpackedJson } from '../../data/tables/held-table.ts'
import { keysOf, tableOf } from '../../data/tables/rows.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { TableStream } from '../../data/tables/stream.ts'

/** What a table model is besides what answers for it. */
export interface TableFacts {
  readonly schema: TableSchema
  /** Names of columns that training left out. */
  readonly left: readonly string[]
  /** Names of the columns that order its rows, where the model is one of windows of them. */
  readonly ordering?: readonly string[]
  /** Opens the table that is found somewhere. */
  readonly open: (place: string) => Promise<TableStream>
  /** Where rows become cells; without it at once. */
  readonly inTurn?: Turns
}

/**
 * Rows that a model is to look at, as a table. Objects may lack keys, whose cells are missing then; but a column that none
 * of them has, while they have one that training did not see, is probably misspelled: `table/columns`.
 */
export async function givenTable(
  given: TableRows,
  columns: readonly string[],
  facts: TableFacts,
): Promise<Pick<TableStream, 'chunks'>> {
  const rows = unpackedJson(given)
  if (!Array.isArray(rows)) return tableAt(rows, facts.open)
  if (rows.length === 0) return { chunks: nothing }
  const keys = keysOf(rows)
  return tableOf(rows, 'rows', [...keys, ...lackingIn(keys, columns, facts)])
}

/** Columns that rows with these keys lack and may lack. Error: `table/columns`. */
export function lackingIn(
  keys: readonly string[],
  columns: readonly string[],
  facts: Pick<TableFacts, 'schema' | 'left'>,
): readonly string[] {
  const lacking = columns.filter((name) => !keys.includes(name))
  const strange = keys.filter((name) => !isKnown(name, facts))
  if (lacking.length > 0 && (strange.length > 0 || lacking.length === columns.length))
    refuse(lacking, strange.length > 0 ? strange : keys)
  return lacking
}

const isKnown = (name: string, { schema, left }: Pick<TableFacts, 'schema' | 'left'>): boolean =>
  left.includes(name) || schema.columns.some((column) => column.name === name)

async function* nothing(): AsyncGenerator<never> {}

function refuse(lacking: readonly string[], seen: readonly string[]): never {
  return fail({
    code: 'table/columns',
    seen: `rows without ${columnList(lacking)}, but with ${columnList(seen)}`,
    wanted: 'the columns that the model was trained on',
    fix: 'name columns as for training; leave out what nothing is known of, or give null for it',
    usage: true,
  })
}
