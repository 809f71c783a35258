import { fail } from '../../../base/errors.ts'
import type { Cell } from '../../../data/tables/cell.ts'
import { falseDiscoveryRates } from '../multiple-testing.ts'
import { checkScores } from '../scores.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import { levelShift } from './levels.ts'
import { orderedPValue, type SampleOrder } from './ordered-shift.ts'
import type { TwoSample } from './two-sample.ts'

/** One column in both samples. @inline */
export type DriftColumn =
  | {
      readonly name: string
      readonly kind: 'number'
      /** NaN where missing. */
      readonly reference: Float64Array
      readonly current: Float64Array
    }
  | {
      readonly name: string
      readonly kind: 'level'
      /** null where missing. */
      readonly reference: readonly Cell[]
      readonly current: readonly Cell[]
    }

/** How far a column has moved. @inline */
export interface ColumnDrift extends TwoSample {
  readonly column: string
  readonly kind: DriftColumn['kind']
  /** Kolmogorov–Smirnov of numbers, total variation of levels; or of what is missing, where that moved further. */
  readonly distance: number
  /** Of the values and, where any are missing, of the missing ones together (Bonferroni). */
  readonly pValue: number
  /** Corrected for the number of columns. Benjamini & Hochberg 1995. */
  readonly adjusted: number
  /** Whether `adjusted` is at most the level asked for. */
  readonly drifted: boolean
  /** Shares of missing values. */
  readonly missing: { readonly reference: number; readonly current: number }
}

/** How far the columns of two samples lie apart. */
export interface Drift {
  /** The columns that drifted first, then by distance. */
  readonly columns: readonly ColumnDrift[]
  /** Of the detector's scores, where they were given: the rows as a whole. */
  readonly scores?: TwoSample & { readonly drifted: boolean }
}

/** Two samples of rows, column by column. */
export interface DriftRequest {
  readonly columns: readonly DriftColumn[]
  /** Scores of the reference rows, which must be held out from training, and of the current ones. */
  readonly scores?: { readonly reference: ArrayLike<number>; readonly current: ArrayLike<number> }
  /** The share of columns named though they have not moved, of those named: at most this on average. */
  readonly level?: number
  /** How rows are ordered, where each is like those before it: p-values are of blocks of them then. */
  readonly orders?: { readonly reference: SampleOrder; readonly current: SampleOrder }
  /** The same of the scores. */
  readonly scoreOrders?: { readonly reference: SampleOrder; readonly current: SampleOrder }
}

type Orders = DriftRequest['orders']

/**
 * Which columns differ between two samples of rows, most moved first. Errors: `anomaly/drift-empty`, `anomaly/score`.
 *
 * @example
 * ```ts
 * import { driftBetween } from 'betavae/metrics'
 *
 * const wave = (shift: number) => Float64Array.from({ length: 200 }, (_, i) => shift + Math.sin(i))
 * const { columns } = driftBetween({
 *   columns: [{ name: 'heat', kind: 'number', reference: wave(0), current: wave(1) }],
 * })
 * console.log(columns[0].drifted, columns[0].pValue)
 * ```
 */
export function driftBetween({ columns, scores, level = 0.05, orders, scoreOrders }: DriftRequest): Drift {
  const found = columns.map((column) => columnDrift(column, orders))
  const adjusted = falseDiscoveryRates(found.map(({ pValue }) => pValue))
  const judged = found.map((column, i) => ({
    ...column,
    adjusted: adjusted[i],
    drifted: adjusted[i] <= level,
  }))
  judged.sort((a, b) => Number(b.drifted) - Number(a.drifted) || b.distance - a.distance)
  return { columns: judged, ...(scores && { scores: scoreDrift(scores, level, scoreOrders) }) }
}

function scoreDrift(
  { reference, current }: NonNullable<DriftRequest['scores']>,
  level: number,
  orders: Orders,
) {
  checkSizes('the scores', reference, current)
  checkScores(reference)
  checkScores(current)
  const found = inBlocks(kolmogorovSmirnov(reference, current), { reference, current }, orders, true)
  return { ...found, drifted: found.pValue <= level }
}

/** What was found, its p-value by blocks where rows have an order. */
const inBlocks = (
  found: TwoSample,
  sides: { readonly reference: ArrayLike<Cell>; readonly current: ArrayLike<Cell> },
  orders: Orders,
  areNumbers: boolean,
): TwoSample => (orders ? { ...found, pValue: orderedPValue({ ...sides, orders, areNumbers }) } : found)

function columnDrift(column: DriftColumn, orders: Orders): Omit<ColumnDrift, 'adjusted' | 'drifted'> {
  const { name, kind, reference, current } = column
  checkSizes(`column "${name}"`, reference, current)
  const gaps = { reference: gapsOf(reference), current: gapsOf(current) }
  const missing = { reference: shareOf(gaps.reference), current: shareOf(gaps.current) }
  const ofColumn = { column: name, kind, missing }
  const ofValues = inBlocks(valueShift(column), column, orders, kind === 'number')
  if (missing.reference + missing.current === 0) return { ...ofColumn, ...ofValues }
  const ofGaps = inBlocks(levelShift(gaps.reference, gaps.current), gaps, orders, false)
  return {
    ...ofColumn,
    distance: Math.max(ofValues.distance, ofGaps.distance),
    pValue: Math.min(1, 2 * Math.min(ofValues.pValue, ofGaps.pValue)),
  }
}

/** Of the values that are there; nothing is known to have moved where a sample has none. */
function valueShift(column: DriftColumn): TwoSample {
  if (column.kind === 'number') {
    const [a, b] = [column.reference, column.current].map((side) => side.filter((x) => !Number.isNaN(x)))
    return a.length * b.length === 0 ? UNKNOWN : kolmogorovSmirnov(a, b)
  }
  const [a, b] = [column.reference, column.current].map((side) => side.filter((x) => x !== null))
  return a.length * b.length === 0 ? UNKNOWN : levelShift(a, b)
}

const UNKNOWN: TwoSample = { distance: 0, pValue: 1 }

const gapsOf = (values: ArrayLike<Cell>): boolean[] =>
  Array.from(values, (value) => value === null || Number.isNaN(value))

const shareOf = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length

function checkSizes(what: string, reference: ArrayLike<unknown>, current: ArrayLike<unknown>): void {
  if (reference.length > 0 && current.length > 0) return
  fail({
    code: 'anomaly/drift-empty',
    seen: `${what} in ${reference.length} reference rows and ${current.length} current ones`,
    wanted: 'at least one row on each side',
    fix: 'give two samples of rows',
  })
}
