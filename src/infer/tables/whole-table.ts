import { fillUniform, streamOf } from '../../base/random.ts'
import type { Cell } from '../../data/tables/cell.ts'
import { newName } from '../../data/tables/kinds/name-pattern.ts'
import type { ColumnSchema, TableSchema } from '../../data/tables/schema.ts'
import type { CellTable } from './synthesize.ts'

const gaps = streamOf('synthesize-left-out')

/** How columns that a model leaves out are filled. */
export interface WholeOptions {
  readonly seed?: number
  /** What names rows: nothing, or new names in the pattern of the column, where it has one. */
  readonly identifiers?: 'empty' | 'new'
}

/**
 * Made rows with all columns of their table, in its order: those that a model leaves out, too. One of a single value has
 * it, and as many gaps as training saw; what names rows, and lists, are empty unless new names are asked for. What a
 * model was given comes last.
 */
export function wholeTable(
  { columns }: TableSchema,
  made: CellTable,
  { seed = 0, identifiers = 'empty' }: WholeOptions = {},
): CellTable {
  const cells = columns.map((column, place) => {
    const at = made.columns.indexOf(column.name)
    return at < 0 ? leftOutCell(column, { seed, place, identifiers }) : (row: number) => made.rows[row][at]
  })
  const known = new Set(columns.map(({ name }) => name))
  const beside = made.columns.flatMap((name, at) => (known.has(name) ? [] : [at]))
  return {
    columns: [...columns.map(({ name }) => name), ...beside.map((at) => made.columns[at])],
    rows: made.rows.map((own, row) => [...cells.map((cell) => cell(row)), ...beside.map((at) => own[at])]),
  }
}

const one = new Float32Array(1)

function leftOutCell(
  column: ColumnSchema,
  { seed, place, identifiers }: Required<WholeOptions> & { readonly place: number },
): (row: number) => Cell {
  if (column.kind === 'identifier' && column.pattern && identifiers === 'new') {
    const { pattern } = column
    return (row) => newName(pattern, seed, row)
  }
  if (column.kind !== 'constant' || column.value === null) return () => null
  const { value, missing } = column
  if (missing === 0) return () => value
  const step = (row: number) => place * 2 ** 32 + row
  return (row) => (fillUniform(one, { seed, stream: gaps, step: step(row) })[0] < missing ? null : value)
}

/** The same rows for a text table, whose gaps are written as those of the table are. */
export function withGapWords({ columns }: TableSchema, { columns: names, rows }: CellTable): CellTable {
  const gaps = new Map(columns.map(({ name, gap }) => [name, gap ?? null]))
  const words = names.map((name) => gaps.get(name) ?? null)
  return { columns: names, rows: rows.map((row) => row.map((cell, at) => cell ?? words[at])) }
}
