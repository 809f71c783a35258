import type { Cell } from './cell.ts'
import type { Level } from './levels.ts'
import { missingTest } from './missing.ts'
import type { ColumnSchema, KindName, TableSchema } from './schema.ts'

/** Kinds whose cells are no words: a dash in one of these is a gap. */
const NUMBERS: readonly KindName[] = ['real', 'count', 'datetime', 'own']

/** The levels of a column, where it is one of levels. */
function levelsIn(column: ColumnSchema): readonly Level[] {
  if (column.kind === 'categorical') return [...column.levels, ...(column.rare ?? []).map(([level]) => level)]
  return column.kind === 'binary' || column.kind === 'ordinal' ? column.levels : []
}

/** Whether nothing is known in a cell of a column, by what the column is. */
export function missingIn(column: ColumnSchema): (cell: Cell) => boolean {
  const levels = levelsIn(column)
  const areNumbers = levels.length > 0 && levels.every((level) => typeof level === 'number')
  return missingTest({
    absent: column.absent,
    levels,
    isNumeric: NUMBERS.includes(column.kind) || areNumbers,
  })
}

/** The same for the columns of these names; cells of columns that the schema does not have are never missing. */
export function missingOf(
  schema: TableSchema,
  names: readonly string[],
): readonly ((cell: Cell) => boolean)[] {
  const tests = new Map(schema.columns.map((column) => [column.name, missingIn(column)]))
  return names.map((name) => tests.get(name) ?? (() => false))
}
