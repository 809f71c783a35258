import { describeColumn, kindNameOf, kindOf, type TableSchema } from '../../data/tables/schema.ts'
import type { FidelityTable } from '../../statistics/fidelity/table.ts'
import type { ColumnCard } from './input.ts'
import { columnSpread } from './spread.ts'

/** What each column is taken for and why, and how its cells are spread in a sample that has the schema's columns. */
export const columnCards = ({ columns }: TableSchema, sample: FidelityTable): ColumnCard[] =>
  columns.map((column, at) => {
    const isLeftOut = kindOf(column).encoding === undefined
    const spread = isLeftOut ? undefined : columnSpread(column, sample, at)
    return {
      name: column.name,
      kind: kindNameOf(column),
      reason: column.reason,
      done: describeColumn(column),
      isLeftOut,
      missing: column.missing,
      ...(spread && { spread }),
    }
  })
