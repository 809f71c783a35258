import type { Cell } from '../../data/tables/cell.ts'
import { cellWriter, valueReader } from '../../data/tables/encode.ts'
import { type Level, levelFinder } from '../../data/tables/levels.ts'
import { missingIn } from '../../data/tables/missing-in.ts'
import type { ColumnSchema, TableSchema } from '../../data/tables/schema.ts'
import { pairFinder } from '../../data/tables/truth.ts'
import type { PlainCell } from '../../statistics/rules/rule.ts'

/** A column whose cells are read as numbers or levels, and written back as the table writes them. */
export interface PlainColumn {
  readonly name: string
  readonly kind: 'number' | 'date' | 'level'
  /** The step in which its numbers are written; absent where they are not rounded. */
  readonly unit?: number
  /** Its levels, where it has them. */
  readonly levels?: readonly Level[]
  /** What rare levels are read as. */
  readonly vague?: string
  read(cell: Cell): PlainCell
  /** The cell of a number or of a level. */
  write(value: number | string): Cell
}

/** The modelled columns of these names. */
export const plainColumns = (schema: TableSchema, names: readonly string[]): PlainColumn[] =>
  names.map((name) => plainColumn(schema.columns.find((column) => column.name === name) as ColumnSchema))

function plainColumn(column: ColumnSchema): PlainColumn {
  const { name } = column
  const isMissing = missingIn(column)
  const numberIn = valueReader(column)
  if (numberIn === undefined) return levelColumn(column)
  const unit =
    column.kind === 'count'
      ? 1
      : column.kind === 'real' && column.decimals !== undefined
        ? 10 ** -column.decimals
        : undefined
  const write = cellWriter(column)
  return {
    name,
    kind: column.kind === 'datetime' ? 'date' : 'number',
    ...(unit !== undefined && { unit }),
    read(cell) {
      const value = isMissing(cell) ? Number.NaN : numberIn(cell)
      return Number.isNaN(value) ? null : value
    },
    write: (value) => write(Number(value)),
  }
}

function levelColumn(column: ColumnSchema): PlainColumn {
  const isMissing = missingIn(column)
  const levels: readonly Level[] = 'levels' in column ? column.levels : []
  const find = column.kind === 'binary' ? pairFinder(column.levels) : levelFinder(levels)
  const vague = column.kind === 'categorical' ? column.other : undefined
  const written = new Map<string, Level>(levels.map((level) => [String(level), level]))
  return {
    name: column.name,
    kind: 'level',
    levels,
    ...(vague !== undefined && { vague }),
    read(cell) {
      if (isMissing(cell)) return null
      const place = find(cell)
      return place < 0 ? (vague ?? String(cell)) : String(levels[place])
    },
    write: (value) => written.get(String(value)) ?? value,
  }
}
