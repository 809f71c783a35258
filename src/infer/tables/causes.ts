import type { Cell } from '../../data/tables/cell.ts'
import { descending } from '../../statistics/anomaly/scores.ts'
import type { ScoredChunk } from './scoring-stream.ts'

/** A cell of a row and what it adds to the row's score: why the row is odd. */
export interface Cause {
  readonly column: string
  /** What the row holds; null where it is missing. */
  readonly seen: Cell
  /** What the model expected there. */
  readonly expected: Cell
  /** What the cell adds to the score, for its row and by itself: its `shares`. */
  readonly nats: number
  /** What the cell costs by itself, as if the rest of its row were not known. */
  readonly alone: number
}

/**
 * Why a row scores as it does: its cells, the one that adds most first, of equal ones the earlier column.
 *
 * `columns` are the model's, `row` is the row's place in the chunk, from 0; `most` cells are told, by default all.
 */
export function causesOf(
  columns: readonly string[],
  { chunk, scores }: ScoredChunk,
  row: number,
  most = columns.length,
): Cause[] {
  const first = row * columns.length
  const nats = scores.shares.subarray(first, first + columns.length)
  return Array.from(descending(nats).subarray(0, most), (column) => ({
    column: columns[column],
    seen: chunk.rows[row][chunk.columns.indexOf(columns[column])] ?? null,
    expected: scores.expected(row, column),
    nats: nats[column],
    alone: scores.alone[first + column],
  }))
}
