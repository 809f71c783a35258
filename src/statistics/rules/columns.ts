import type { PlainCell } from './rule.ts'

/** A column as rules are looked for in it. */
export interface RuleColumn {
  readonly name: string
  /** Numbers are added, numbers and dates compared, and levels looked up. */
  readonly kind: 'number' | 'date' | 'level'
  /** The step in which its numbers are written; absent where they are not rounded. */
  readonly unit?: number
  /** A value that stands for several, of which nothing can be said. */
  readonly vague?: string
  readonly values: readonly PlainCell[]
}

/** Rows that a rule must hold in, at least. */
export const FEWEST_ROWS = 50

/** Of a rule that holds by chance this is its probability at most, as −log. */
export const SURE = Math.log(1e6)

/** Numbers of the columns that were asked for: every pair of columns asks again. */
const known = new WeakMap<readonly PlainCell[], Float64Array>()

/** Values of a column of numbers; NaN where one is missing. Whoever asks must leave them as they are. */
export function numbersOf({ values }: RuleColumn): Float64Array {
  const there = known.get(values)
  if (there) return there
  const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN))
  known.set(values, numbers)
  return numbers
}
