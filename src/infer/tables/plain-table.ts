import type { Cell } from '../../data/tables/cell.ts'
import { valueReader } from '../../data/tables/encode.ts'
import { levelFinder } from '../../data/tables/levels.ts'
import { missingIn } from '../../data/tables/missing-in.ts'
import type { ColumnSchema, TableSchema } from '../../data/tables/schema.ts'
import { pairFinder } from '../../data/tables/truth.ts'
import type { FidelityTable } from '../../statistics/fidelity/table.ts'
import type { CellTable } from './synthesize.ts'

/** Rows whose numbers and dates are numbers, whose levels are texts, and whose gaps are null. */
export function plainTable(schema: TableSchema, { columns, rows }: CellTable): FidelityTable {
  const readers = columns.map((name) => readerOf(schema.columns.find((column) => column.name === name)))
  return {
    columns: columns.map((name, at) => ({ name, kind: readers[at].kind })),
    rows: rows.map((row) =>
      row.map((cell, at) => (readers[at].isMissing(cell) ? null : readers[at].read(cell))),
    ),
  }
}

interface PlainReader {
  readonly kind: 'number' | 'level'
  isMissing(cell: Cell): boolean
  read(cell: Cell): number | string | null
}

function readerOf(column: ColumnSchema | undefined): PlainReader {
  if (column === undefined) return { kind: 'level', isMissing: (cell) => cell === null, read: String }
  const isMissing = missingIn(column)
  const numberIn = valueReader(column)
  if (numberIn !== undefined)
    return { kind: 'number', isMissing, read: (cell) => numberOrNull(numberIn(cell)) }
  return { kind: 'level', isMissing, read: levelReader(column) }
}

/** Levels as the schema writes them; rare ones as one. */
function levelReader(column: ColumnSchema): (cell: Cell) => string {
  if (column.kind !== 'categorical' && column.kind !== 'ordinal' && column.kind !== 'binary') return String
  const { levels } = column
  const find = column.kind === 'binary' ? pairFinder(column.levels) : levelFinder(levels)
  const other = column.kind === 'categorical' ? column.other : undefined
  return (cell) => {
    const place = find(cell)
    return place < 0 ? (other ?? String(cell)) : String(levels[place])
  }
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
