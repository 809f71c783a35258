/** Stretches of series in which a column is odd. */
import type { Cell } from '../../data/tables/cell.ts'

/** A stretch of rows of a series in which a column is odd, and what it looks like. @inline */
export interface OddStretch {
  readonly column: string
  /** When its first and its last row were, as the column that orders rows says it. */
  readonly from: Cell
  readonly to: Cell
  readonly rows: number
  /** What it looks like; absent where it is none of these. */
  readonly kind?: 'spike' | 'stuck' | 'shift' | 'trend' | 'rhythm' | 'swap' | 'jump'
  /** The same in words, such as "stuck at 3.1", "level shift of +2.4" or "daily rhythm missing". */
  readonly what?: string
}

/** The odd stretch that a cell is in, by the places of its row and its column. */
export type StretchOf = (row: number, column: number) => OddStretch | undefined

/** When a stretch was: "at 14:05", "14:05 to 15:00". */
export const stretchTime = ({ from, to, rows }: OddStretch): string =>
  rows === 1 ? `at ${String(from)}` : `${String(from)} to ${String(to)}`

/** Of the rows of one odd stretch the oddest alone; all others. */
export function oneOfEachStretch<
  Row extends { readonly score: number; readonly stretch?: OddStretch | null },
>(rows: readonly Row[]): Row[] {
  const oddest = new Map<Row | OddStretch, Row>()
  for (const row of rows) {
    const known = oddest.get(row.stretch ?? row)
    if (!known || row.score > known.score) oddest.set(row.stretch ?? row, row)
  }
  return [...oddest.values()]
}
