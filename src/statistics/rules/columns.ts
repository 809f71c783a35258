/** Numbers or dates as rules are looked for in them: they are compared, and numbers are added, too. */
export interface NumberColumn {
  readonly name: string
  readonly kind: 'number' | 'date'
  /** The step in which its numbers are written; absent where they are not rounded. */
  readonly unit?: number
  /** NaN where one is missing: a cell takes eight bytes, since there are a million of them and more. */
  readonly values: Float64Array
}

/** Levels, which are looked up. */
export interface LevelColumn {
  readonly name: string
  readonly kind: 'level'
  /** A value that stands for several, of which nothing can be said. */
  readonly vague?: string
  readonly values: readonly (string | null)[]
}

export type RuleColumn = NumberColumn | LevelColumn

/** Rows that a rule must hold in, at least. */
export const FEWEST_ROWS = 50

/** Of a rule that holds by chance this is its probability at most, as −log. */
export const SURE = Math.log(1e6)

export const areNumbers = (column: RuleColumn): column is NumberColumn => column.kind !== 'level'

/** What a column says in a row; null where that is nothing, or stands for several. */
export function valueIn(column: RuleColumn, row: number): number | string | null {
  if (areNumbers(column)) {
    const value = column.values[row]
    return Number.isNaN(value) ? null : value
  }
  const value = column.values[row]
  return value === column.vague ? null : value
}
