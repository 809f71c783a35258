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
 * Which cells make each row of a chunk odd: at most `most` known cells of a row, the most unlikely first.
 *
 * A cell that is missing costs nothing and is never a cause.
 */
export function causesIn(
  columns: readonly string[],
  chunk: TableChunk,
  { shares, alone, expected }: Pick<RowScores, 'shares' | 'alone' | 'expected'>,
): (row: number, most?: number) => Cause[] {
  const places = columns.map((name) => chunk.columns.indexOf(name))
  /** Columns of a row that something speaks against, most first; of equal ones the first. */
  const oddest = (own: number, most: number): number[] => {
    const found: number[] = []
    for (let column = 0; column < columns.length; column++) {
      const share = shares[own + column]
      let place = found.length
      while (place > 0 && shares[own + found[place - 1]] < share) place--
      if (share === 0 || place >= most) continue
      if (found.length === most) found.pop()
      found.splice(place, 0, column)
    }
    return found
  }
  return (row, most = columns.length) => {
    const own = row * columns.length
    return oddest(own, most).map((column) => ({
      column: columns[column],
      seen: chunk.rows[row][places[column]] ?? null,
      expected: expected(row, column),
      nats: shares[own + column],
      alone: alone[own + column],
    }))
  }
}
