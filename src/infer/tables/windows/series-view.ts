/** The numbers of a series that a Gaussian of its windows looks at: columns of one real number or of counts. */
import { cholesky } from '../../../base/math/cholesky.ts'
import { inverseOf } from '../../../base/math/precision.ts'
import { quantile } from '../../../base/math/quantile.ts'
import type { TableLayout } from '../../../data/tables/layout.ts'
import type { Feeds } from '../../../engine/engine.ts'
import { fitRobustGaussian, unpacked } from '../../../statistics/anomaly/kept/robust-gaussian.ts'
import type { TimeGaussian } from '../../../statistics/series/newest-precision.ts'
import type { SeriesNumbers, WindowGaussian } from '../../../statistics/series/window-evidence.ts'
import { SERIES } from './kept.ts'

/** Numbers of a window that a Gaussian is fitted to at most; where a table has more columns it looks at fewer rows. */
const MOST_NUMBERS = 960
/** Less than for rows: what is strange about a series is often a small part of what its numbers vary by. */
const SHRINKAGE = { each: 0, least: 1e-3 }
const ROUNDS = 3

/** A column that is looked at. */
interface Viewed {
  /** Its place among the modelled columns. */
  readonly column: number
  readonly slot: number
  readonly mask: number
  readonly isCount: boolean
}

export interface SeriesView {
  readonly columns: readonly Viewed[]
  /** Rows of the windows that it looks at. */
  readonly rows: number
  /** The place of a column among those that are looked at; −1 of others. */
  readonly place: Int32Array
}

export function seriesView({ columns }: TableLayout, rows: number): SeriesView {
  const viewed = [...columns.entries()].flatMap(([column, { group, slots, mask }]): Viewed[] =>
    slots.length === 1 && (group === 'real' || group === 'count')
      ? [{ column, slot: slots[0], mask, isCount: group === 'count' }]
      : [],
  )
  const place = new Int32Array(columns.length).fill(-1)
  viewed.forEach(({ column }, at) => {
    place[column] = at
  })
  return {
    columns: viewed,
    place,
    rows: Math.max(2, Math.min(rows, Math.floor(MOST_NUMBERS / Math.max(viewed.length, 1)))),
  }
}

const seen = (x: number, isCount: boolean): number => (isCount ? Math.log1p(Math.max(x, 0)) : x)

/** The numbers of encoded rows [n × width] as the view has them. */
export function viewedNumbers(
  { columns }: SeriesView,
  { width }: TableLayout,
  scale: Float32Array,
  rows: Float32Array,
): SeriesNumbers {
  const count = rows.length / width
  const data = new Float64Array(count * columns.length)
  const known = new Uint8Array(data.length)
  for (let row = 0, at = 0; row < count; row++)
    for (const [place, { slot, mask, isCount }] of columns.entries()) {
      if (rows[row * width + mask] === 1) {
        known[at] = 1
        data[at] = (seen(rows[row * width + slot], isCount) - scale[place]) / scale[columns.length + place]
      }
      at++
    }
  return { width: columns.length, data, known }
}

/** A number of the view as it stands in an encoded row. */
export function encodedNumber(
  { columns }: SeriesView,
  scale: Float32Array,
  place: number,
  x: number,
): number {
  const own = x * scale[columns.length + place] + scale[place]
  return columns[place].isCount ? Math.expm1(Math.max(own, 0)) : own
}

/** Fits a scale and a Gaussian to windows [n × windows' rows × width of a row], given as rows; undefined where nothing is looked at. */
export function fitSeries(
  view: SeriesView,
  layout: TableLayout,
  rows: Float32Array,
  starts: readonly number[],
): Feeds | undefined {
  const width = view.columns.length
  if (width === 0) return undefined
  const scale = scaleOf(view, layout, rows)
  const { data, known } = viewedNumbers(view, layout, scale, rows)
  const size = width * view.rows
  const windows = {
    width: size,
    data: new Float64Array(starts.length * size),
    known: new Uint8Array(starts.length * size),
  }
  starts.forEach((start, window) => {
    for (let column = 0, at = window * size; column < width; column++)
      for (let row = 0; row < view.rows; row++, at++) {
        windows.data[at] = data[(start + row) * width + column]
        windows.known[at] = known[(start + row) * width + column]
      }
  })
  const { mean, factor } = fitRobustGaussian(windows, {
    rounds: ROUNDS,
    shrinkage: SHRINKAGE,
    widest: MOST_NUMBERS,
  })
  const quantiles = view.columns.flatMap((_, column) => {
    const own: number[] = []
    for (let at = column; at < data.length; at += width) if (known[at] === 1) own.push(data[at])
    return quantilesOf(own)
  })
  return {
    [SERIES.scale]: { data: scale, shape: [2, width] },
    [SERIES.quantiles]: { data: Float32Array.from(quantiles), shape: [width, KNOTS] },
    [SERIES.mean]: { data: mean, shape: [size] },
    [SERIES.factor]: { data: factor, shape: [factor.length] },
  }
}

const KNOTS = 129

/** Quantiles of some numbers, the least and the greatest included. */
export function quantilesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return Array.from({ length: KNOTS }, (_, at) =>
    sorted.length > 0 ? quantile(sorted, at / (KNOTS - 1)) : 0,
  )
}

/** Median and spread of each number: strange stretches do not move them. */
function scaleOf({ columns }: SeriesView, { width }: TableLayout, rows: Float32Array): Float32Array {
  const scale = new Float32Array(2 * columns.length).fill(1, columns.length)
  for (const [place, { slot, mask, isCount }] of columns.entries()) {
    const own: number[] = []
    for (let from = 0; from < rows.length; from += width)
      if (rows[from + mask] === 1) own.push(seen(rows[from + slot], isCount))
    const sorted = Float64Array.from(own).sort()
    if (sorted.length === 0) continue
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
    scale[place] = at(0.5)
    const spread = (at(0.84) - at(0.16)) / 2
    scale[columns.length + place] = spread > 1e-9 ? spread : deviationOf(sorted) || 1
  }
  return scale
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0)
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0))
}

/** The Gaussian of windows of the last `count` of its rows, which a shorter series is looked at by. */
export function openGaussian(values: Feeds, view: SeriesView): (count: number) => WindowGaussian {
  const mean = Float64Array.from(values[SERIES.mean].data)
  const factor = unpacked(Float32Array.from(values[SERIES.factor].data), mean.length)
  const width = view.columns.length
  const known = new Map<number, WindowGaussian>()
  const shortened = (count: number): WindowGaussian => {
    const size = width * count
    const places = Array.from(
      { length: size },
      (_, at) => Math.floor(at / count) * view.rows + view.rows - count + (at % count),
    )
    const own = count === view.rows ? factor : factorOf(factor, mean.length, places)
    return {
      width,
      rows: count,
      mean: Float64Array.from(places, (place) => mean[place]),
      precision: inverseOf(own, size),
    }
  }
  return (count) => {
    const rows = Math.min(count, view.rows)
    const gaussian = known.get(rows) ?? shortened(rows)
    known.set(rows, gaussian)
    return gaussian
  }
}

/** The same Gaussian, its numbers in the order of time. */
export function openTimeGaussian(values: Feeds, { columns, rows }: SeriesView): TimeGaussian {
  const mean = Float64Array.from(values[SERIES.mean].data)
  const factor = unpacked(Float32Array.from(values[SERIES.factor].data), mean.length)
  const width = columns.length
  const places = Array.from(mean, (_, at) => (at % width) * rows + Math.floor(at / width))
  return {
    ...{ width, rows },
    mean: Float64Array.from(places, (place) => mean[place]),
    factor: factorOf(factor, mean.length, places),
  }
}

/** The factor of the covariance of some numbers. */
function factorOf(factor: Float64Array, size: number, places: readonly number[]): Float64Array {
  const count = places.length
  const covariance = new Float64Array(count * count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) covariance[i * count + j] = product(factor, size, places[i], places[j])
  return cholesky(covariance, count)
}

/** A number of L·Lᵀ. */
function product(factor: Float64Array, size: number, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k <= Math.min(i, j); k++) sum += factor[i * size + k] * factor[j * size + k]
  return sum
}
