import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import type { RowScores } from './chunk-model.ts'

/** A cell that makes its row odd. @inline */
export interface Cause {
  readonly column: string
  readonly seen: Cell
  /** What its other cells lead to expect, written as the column is. */
  readonly expected: Cell
  /** What speaks against the cell: how much less unusual its row would be without it, and what it costs by itself. */
  readonly nats: number
  /** What it costs by itself, in its column alone. */
  readonly alone: number
}

/**
 * Why rows of a chunk are odd: of each the known cells that most speaks against, those first, `most` at most.
 *
 * A cell that is missing costs nothing and is never a cause.
 */
export function causesIn(
  columns: readonly string[],
  chunk: TableChunk,
  { shares, alone, expected }: Pick<RowScores, 'shares' | 'alone' | 'expected'>,
): (row: number, most?: number) => Cause[] {
  const places = columns.map((name) => chunk.columns.indexOf(name))
  return (row, most = columns.length) => {
    const own = row * columns.length
    const seen = places.map((place) => chunk.rows[row][place] ?? null)
    return Array.from(columns.keys())
      .filter((column) => shares[own + column] !== 0)
      .sort((a, b) => shares[own + b] - shares[own + a])
      .slice(0, most)
      .map((column) => ({
        column: columns[column],
        seen: seen[column],
        expected: expected(row, column),
        nats: shares[own + column],
        alone: alone[own + column],
      }))
  }
}
