/** What a thread tells of the rows it scored, so that it can be said what drifted: counts, never rows. */
import type { Cell } from '../../../data/tables/cell.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import { describeColumn, type TableSchema } from '../../../data/tables/schema.ts'
import type { Feeds } from '../../../engine/engine.ts'
import type { ScoredRow } from '../../../infer/tables/scored-rows.ts'
import { KNOTS, SEEN } from '../../../infer/tables/seen-columns.ts'
import { type Calibration, pValue } from '../../../statistics/anomaly/conformal.ts'

/** Equal parts into which shares are counted. */
export const PARTS = 20

/** A column that is modelled, as it was in training. */
export interface ColumnFacts {
  readonly name: string
  readonly kind: string
  readonly about: string
  /** Share of its cells that was missing. */
  readonly missing: number
  /** An example of what stands in it, for a form. */
  readonly example: Cell
  /** Its levels, where it has them. */
  readonly levels?: readonly Cell[]
  /** Where its numbers are counted among parts, and what share of training lies in each. */
  readonly expected?: readonly number[]
}

/** Counts of scored rows. */
export interface SeenRows {
  readonly rows: number
  /** Rows by their p-value, in `PARTS` equal parts of 0 to 1. */
  readonly p: readonly number[]
  readonly flagged: number
  /** Cells that are missing, and those that count so because they cannot be read, by column. */
  readonly missing: readonly number[]
  readonly unread: readonly number[]
  /** Known cells of each column by the share of training that lies below; absent for columns that are no numbers. */
  readonly parts: readonly (readonly number[] | undefined)[]
}

/** Which of equal parts of 0 to 1 a share is in. */
const partOf = (share: number): number => Math.min(PARTS - 1, Math.floor(share * PARTS))

const shares = (counts: readonly number[]): number[] => {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / Math.max(1, all))
}

/** What share of held-out rows has a p-value in each part: where few were held out they are not even. */
export function expectedP(calibration: Calibration): number[] {
  const counts = new Array<number>(PARTS).fill(0)
  for (const score of calibration.ascending) counts[partOf(pValue(calibration, score))]++
  return shares(counts)
}

/** How far two spreads over the same parts are from each other: the greatest difference of their sums (Kolmogorov 1933). */
export function distanceOf(counts: readonly number[], expected: readonly number[]): number {
  const own = shares(counts)
  let [sum, greatest] = [0, 0]
  for (const [at, share] of own.entries()) {
    sum += share - expected[at]
    greatest = Math.max(greatest, Math.abs(sum))
  }
  return greatest
}

/** Counts rows of one model. */
export function rowCounter(schema: TableSchema, values: Feeds) {
  const { columns, width } = tableLayout(schema)
  const quantiles = values[SEEN.quantiles]?.data
  const own = new Map(schema.columns.map((column) => [column.name, column]))
  // A number has one slot; dates have several, of which the first is how far along they are.
  const knots = columns.map(({ group, slots: [slot] }) =>
    quantiles && group === 'real'
      ? (quantiles as Float32Array).slice(slot * KNOTS, (slot + 1) * KNOTS)
      : undefined,
  )
  const facts = columns.map(({ name }, at): ColumnFacts => {
    const column = own.get(name) as TableSchema['columns'][number]
    const levels = 'levels' in column ? (column.levels as readonly Cell[]) : undefined
    const sorted = knots[at]
    return {
      name,
      kind: column.kind,
      about: describeColumn(column),
      missing: column.missing,
      example: levels?.[0] ?? null,
      ...(levels && { levels }),
      ...(sorted && { expected: shares(countedAmong(sorted, sorted)) }),
    }
  })
  const count = (rows: Float32Array): Pick<SeenRows, 'missing' | 'parts'> => {
    const total = rows.length / width
    const missing = columns.map(() => 0)
    const parts = knots.map((sorted) => (sorted ? new Array<number>(PARTS).fill(0) : undefined))
    for (const [at, { mask, slots }] of columns.entries())
      for (let row = 0; row < total; row++) {
        if (rows[row * width + mask] < 0.5) missing[at]++
        else if (knots[at]) (parts[at] as number[])[placeAmong(knots[at], rows[row * width + slots[0]])]++
      }
    return { missing, parts }
  }
  return { facts, count }
}

/** The part that a number lies in: the share of knots below it, in the middle of those that equal it. */
function placeAmong(sorted: Float32Array, value: number): number {
  const [below, upTo] = [firstFrom(sorted, value, false), firstFrom(sorted, value, true)]
  return partOf((below + upTo) / 2 / sorted.length)
}

function countedAmong(sorted: Float32Array, given: Float32Array): number[] {
  const counts = new Array<number>(PARTS).fill(0)
  for (const value of given) counts[placeAmong(sorted, value)]++
  return counts
}

/** Place of the first number that is at least `value`, or above it. */
function firstFrom(sorted: Float32Array, value: number, above: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value || (above && sorted[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows that were scored, added to what was counted before. */
export function seenOf(
  before: SeenRows | undefined,
  {
    counted,
    scored,
    columns,
  }: {
    readonly counted: Pick<SeenRows, 'missing' | 'parts'>
    readonly scored: readonly ScoredRow[]
    readonly columns: readonly string[]
  },
): SeenRows {
  const p = new Array<number>(PARTS).fill(0)
  const unread = columns.map(() => 0)
  let flagged = 0
  for (const row of scored) {
    if (row.p !== undefined) p[partOf(row.p)]++
    if (row.flagged) flagged++
    // What a model is given stands in no modelled column.
    for (const name of row.unread ?? []) if (columns.includes(name)) unread[columns.indexOf(name)]++
  }
  return addSeen(before, { rows: scored.length, p, flagged, unread, ...counted })
}

/** Counts that are added up, newer ones in place of older ones. */
export function addSeen(one: SeenRows | undefined, other: SeenRows): SeenRows {
  if (!one) return other
  const sum = (a: readonly number[], b: readonly number[]) => a.map((count, at) => count + b[at])
  return {
    rows: one.rows + other.rows,
    p: sum(one.p, other.p),
    flagged: one.flagged + other.flagged,
    missing: sum(one.missing, other.missing),
    unread: sum(one.unread, other.unread),
    parts: one.parts.map((counts, at) => counts && sum(counts, other.parts[at] as readonly number[])),
  }
}
