import { fail } from '../../base/errors.ts'
import type { FidelityColumn, FidelityTable } from './table.ts'

export interface NumberColumn {
  readonly kind: 'number'
  readonly name: string
  /** NaN where nothing is known. */
  readonly values: Float64Array
}

export interface LevelColumn {
  readonly kind: 'level'
  readonly name: string
  /** Which of `levels`; −1 where nothing is known. */
  readonly values: Int32Array
  /** The same in all tables that were read together. */
  readonly levels: readonly string[]
}

export type ReadColumn = NumberColumn | LevelColumn

/** A table, column by column. */
export interface ReadTable {
  readonly count: number
  readonly columns: readonly ReadColumn[]
}

/**
 * Tables of the same columns, their levels numbered alike.
 *
 * Errors: `fidelity/columns` where columns differ, `fidelity/row` where a row is too short or too long, `fidelity/cell`
 * where a number is none or not finite.
 */
export function readTables(tables: readonly FidelityTable[]): ReadTable[] {
  const { columns } = tables[0]
  const wanted = headerOf(columns)
  for (const table of tables) {
    const seen = headerOf(table.columns)
    if (seen !== wanted)
      fail({
        code: 'fidelity/columns',
        seen: `columns ${seen}`,
        wanted: `${wanted}, as in the first table`,
        fix: 'give all tables the same columns, of the same kinds, in the same order',
      })
    checkRows(table)
  }
  const read = columns.map((column, at) =>
    column.kind === 'number'
      ? tables.map((table) => readNumbers(table, column, at))
      : readLevels(tables, column, at),
  )
  return tables.map(({ rows }, table) => ({ count: rows.length, columns: read.map((own) => own[table]) }))
}

const headerOf = (columns: readonly FidelityColumn[]): string =>
  columns.map(({ name, kind }) => `"${name}" (${kind})`).join(', ')

function checkRows({ columns, rows }: FidelityTable): void {
  const ragged = rows.findIndex((row) => row.length !== columns.length)
  if (ragged >= 0)
    fail({
      code: 'fidelity/row',
      seen: `${rows[ragged].length} cells in row ${ragged}`,
      wanted: `${columns.length}, one for each column`,
      fix: 'fill missing cells with null',
    })
}

function readNumbers({ rows }: FidelityTable, { name }: FidelityColumn, at: number): NumberColumn {
  const values = Float64Array.from(rows, (cells, row) => {
    const cell = cells[at]
    if (cell === null) return Number.NaN
    if (typeof cell === 'number' && Number.isFinite(cell)) return cell
    return fail({
      code: 'fidelity/cell',
      seen: `${typeof cell === 'string' ? JSON.stringify(cell) : cell} in row ${row} of the column of numbers "${name}"`,
      wanted: 'finite numbers, or null where nothing is known',
      fix: 'read the column as numbers, or call it one of levels',
    })
  })
  return { kind: 'number', name, values }
}

function readLevels(tables: readonly FidelityTable[], { name }: FidelityColumn, at: number): LevelColumn[] {
  const numbers = new Map<string, number>()
  const read = tables.map(({ rows }) =>
    Int32Array.from(rows, (cells) => {
      const cell = cells[at]
      if (cell === null) return -1
      const level = String(cell)
      const number = numbers.get(level) ?? numbers.size
      numbers.set(level, number)
      return number
    }),
  )
  const levels = [...numbers.keys()]
  return read.map((values) => ({ kind: 'level', name, values, levels }))
}

/** Whether a cell is known. */
export const isSeen = ({ kind, values }: ReadColumn, row: number): boolean =>
  kind === 'number' ? !Number.isNaN(values[row]) : values[row] >= 0

/** Rows, in order, of which a column knows something. */
export const seenRows = (column: ReadColumn): Uint32Array =>
  Uint32Array.from(column.values.keys()).filter((row) => isSeen(column, row))

/** Some rows of a table. */
export const takeRows = ({ columns }: ReadTable, rows: Uint32Array): ReadTable => ({
  count: rows.length,
  columns: columns.map(
    (column): ReadColumn =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]) }
        : { ...column, values: Int32Array.from(rows, (row) => column.values[row]) },
  ),
})

/** The rows of one table and then of another that was read with it. */
export const joinTables = (first: ReadTable, second: ReadTable): ReadTable => ({
  count: first.count + second.count,
  columns: first.columns.map((column, at): ReadColumn => {
    const size = first.count + second.count
    const joined = <T extends Float64Array | Int32Array>(values: T): T => {
      values.set(column.values)
      values.set(second.columns[at].values, first.count)
      return values
    }
    return column.kind === 'number'
      ? { ...column, values: joined(new Float64Array(size)) }
      : { ...column, values: joined(new Int32Array(size)) }
  }),
})
