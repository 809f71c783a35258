import { fail } from '../../base/errors.ts'
import type { Cell, TableChunk } from './cell.ts'
import { cellOf } from './cell-of.ts'
import type { TableStream } from './stream.ts'

/** Rows of a chunk, where nobody says. */
export const CHUNK_ROWS = 4096

/** Rows as lists of values, one a column. @inline */
export interface CellRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

type Row = Readonly<Record<string, unknown>>

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The keys of rows, in the order they come up in. Errors: `table/rows`, `table/empty`. */
export function keysOf(rows: readonly object[]): readonly string[] {
  const columns = new Set<string>()
  for (const [index, row] of rows.entries())
    for (const column of Object.keys(isRow(row) ? row : refuseRow(row, index))) columns.add(column)
  if (columns.size === 0)
    fail({
      code: 'table/empty',
      seen: `${rows.length} rows without a value`,
      wanted: 'at least one row with one column',
      fix: 'check where the rows come from',
      usage: true,
    })
  return [...columns]
}

function refuseRow(row: unknown, index: number): never {
  return fail({
    code: 'table/rows',
    seen: `${Array.isArray(row) ? 'an array' : `${row}`.slice(0, 40)} for row ${index + 1}`,
    wanted: 'an object from column names to values for each row',
    fix: 'give each row as { column: value }, or all as { columns, rows }',
    usage: true,
  })
}

/** `count` rows as a table, whose values are had by the places of row and column. */
function streamOf(
  name: string,
  columns: readonly string[],
  count: number,
  at: (row: number, column: number) => unknown,
): TableStream {
  const rowAt = (row: number): Cell[] =>
    columns.map((name, column) => cellOf(at(row, column), () => `row ${row + 1}, column "${name}"`))
  async function* chunks(): AsyncGenerator<TableChunk> {
    for (let first = 0; first < count; first += CHUNK_ROWS) {
      const size = Math.min(CHUNK_ROWS, count - first)
      yield { columns, first, rows: Array.from({ length: size }, (_, row) => rowAt(first + row)) }
    }
  }
  return { name, format: 'rows', chunks, canRestart: true }
}

/**
 * Rows from memory as a table: its columns are all keys in the order they come up in, unless they are named; what a row
 * lacks is missing.
 *
 * Errors: `table/rows`, `table/empty`, `table/nested`; the last when the chunk is read.
 *
 * @example
 * ```ts
 * import { inferSchema, tableOf } from 'betavae/tables'
 *
 * const rows = Array.from({ length: 40 }, (_, i) => ({ heat: 20 + Math.sin(i), valve: i % 3 ? 'open' : 'shut' }))
 * const schema = await inferSchema(tableOf(rows, 'valves').chunks())
 * console.log(schema.columns.map(({ name, kind }) => `${name}: ${kind}`))
 * ```
 */
export function tableOf(
  rows: readonly object[],
  name: string,
  columns: readonly string[] = keysOf(rows),
): TableStream {
  return streamOf(name, columns, rows.length, (index, column) => {
    const [row, key] = [rows[index], columns[column]]
    return isRow(row) && Object.hasOwn(row, key) ? row[key] : null
  })
}

/** Rows from memory that are lists of values, as a table. Errors: `table/ragged`, `table/nested`, when a chunk is read. */
export const tableOfCells = ({ columns, rows }: CellRows, name: string): TableStream =>
  streamOf(name, columns, rows.length, (row, column) =>
    rows[row].length === columns.length ? rows[row][column] : refuseWidth(rows[row], row, columns.length),
  )

function refuseWidth({ length }: readonly unknown[], row: number, width: number): never {
  return fail({
    code: 'table/ragged',
    seen: `${length} ${length === 1 ? 'value' : 'values'} in row ${row + 1}`,
    wanted: `${width}, one a column`,
    fix: 'give every row a value for each column, null where nothing is known',
    usage: true,
  })
}
