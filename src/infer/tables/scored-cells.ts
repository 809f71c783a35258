import type { Cell } from '../../data/tables/cell.ts'
import type { ScoredRow } from './scored-rows.ts'

/** One row, scored: as the library tells it, with its number. */
export interface TableRowScore extends ScoredRow {
  /** From 1. */
  readonly row: number
}

/** Names of what `scoredCells` gives. */
export const scoredHead = ({ p, flagged, foundBy, stretch }: TableRowScore): string[] => [
  'score',
  'reconstruction',
  'kl',
  'elbo',
  'row',
  ...(p === undefined ? [] : ['p']),
  ...(flagged === undefined ? [] : ['flagged']),
  'column',
  'seen',
  'expected',
  'nats',
  ...(stretch === undefined ? [] : ['what', 'from', 'to']),
  ...(foundBy === undefined ? [] : ['foundBy']),
]

const digits = (x: number): number => Number(x.toPrecision(7))

/** A scored row as a row of a table, with the first of its causes. */
export const scoredCells = ({
  row,
  score,
  reconstruction,
  kl,
  elbo,
  p,
  flagged,
  foundBy,
  causes: [cause],
  stretch,
}: TableRowScore): Cell[] => [
  ...[score, reconstruction, kl, elbo].map(digits),
  row,
  ...(p === undefined ? [] : [digits(p)]),
  ...(flagged === undefined ? [] : [flagged]),
  ...(cause ? [cause.column, cause.seen, cause.expected, digits(cause.nats)] : [null, null, null, null]),
  ...(stretch === undefined ? [] : [stretch?.what ?? null, stretch?.from ?? null, stretch?.to ?? null]),
  ...(foundBy === undefined ? [] : [foundBy]),
]
