/** Numbers that are missing in a series, and those of new series, by the chain of the Gaussian of its windows. */
import { quantile } from '../../../base/math/quantile.ts'
import { type Draw, fillNormal, normalQuantile, streamOf } from '../../../base/random.ts'
import type { TableLayout } from '../../../data/tables/layout.ts'
import { chiSquareTail } from '../../../statistics/anomaly/drift/chi-square.ts'
import { type ChainGaps, type SeriesChain, seriesChain } from '../../../statistics/series/chain.ts'
import { MIDDLE_SQUARE } from '../../../statistics/series/newest-evidence.ts'
import type { SeriesNumbers } from '../../../statistics/series/window-evidence.ts'
import type { ModelParts } from '../../model-parts.ts'
import type { FilledSeries, FillRequest } from './filled-series.ts'
import { SERIES } from './kept.ts'
import type { SeriesRows } from './passes.ts'
import type { SeriesScorer } from './series-scores.ts'
import { encodedNumber, openTimeGaussian, type SeriesView, viewedNumbers } from './series-view.ts'

/** From this many usual distances on a number is not believed, and what is missing beside it is filled without it. */
const ASIDE = 25
const drawing = streamOf('series-gaps')

/** The chain of a model's numbers, and how they lie in encoded rows. */
interface Numbers {
  readonly chain: SeriesChain
  readonly view: SeriesView
  readonly layout: TableLayout
  readonly scales: Float32Array
  readonly spread: Float64Array
  /** Quantiles of each column, of which a new number has a rank. */
  quantilesOf(column: number): Float32Array
}

export interface NumberFiller {
  /** Fills numbers of a series, of which so much speaks against each that is known. */
  fill(
    series: SeriesRows,
    evidence: ReturnType<SeriesScorer['evidence']>,
    request: Pick<FillRequest, 'samples' | 'number' | 'share'>,
  ): FilledSeries
  /** Numbers of a new series of so many rows, as encoded rows. */
  make(rows: number, noise: Draw): Float32Array
}

export function numberFiller(
  values: ModelParts['values'],
  view: SeriesView,
  layout: TableLayout,
): NumberFiller {
  const knots = values[SERIES.quantiles]?.shape[1] ?? 0
  const numbers: Numbers = {
    ...{ view, layout },
    chain: seriesChain(openTimeGaussian(values, view)),
    scales: Float32Array.from(values[SERIES.scale].data),
    spread: spreadOf(values, view),
    quantilesOf: (column) =>
      Float32Array.from(values[SERIES.quantiles].data.subarray(column * knots, (column + 1) * knots)),
  }
  return {
    fill: (...series) => filled(numbers, ...series),
    make: (rows, noise) => made(numbers, rows, noise),
  }
}

/** By how much variances of rows to come are greater than the Gaussian has them, which is of those that lie closest. */
function spreadOf(values: ModelParts['values'], { columns }: SeriesView): Float64Array {
  const { [SERIES.liveUsual]: usual } = values
  return Float64Array.from(columns, ({ column }) => (usual?.data[column] || MIDDLE_SQUARE) / MIDDLE_SQUARE)
}

/** The share of a normal distribution below a number of deviations. */
const normalShare = (x: number): number =>
  x < 0 ? chiSquareTail(x * x, 1) / 2 : 1 - chiSquareTail(x * x, 1) / 2

/** Puts a number of the view, row · width + column, into encoded rows. */
function put({ view, layout, scales }: Numbers, out: Float32Array, place: number, value: number): void {
  const column = place % view.columns.length
  const { slot, mask } = view.columns[column]
  const from = Math.floor(place / view.columns.length) * layout.width
  out[from + slot] = encodedNumber(view, scales, column, value)
  out[from + mask] = 1
}

/** A new series in order, each number of the rank in its column that the chain has it at. */
function made(numbers: Numbers, rows: number, noise: Draw): Float32Array {
  const { chain, view, layout, quantilesOf } = numbers
  const width = view.columns.length
  const quantiles = view.columns.map((_, column) => quantilesOf(column))
  const out = new Float32Array(rows * layout.width)
  const walked = chain.walk(fillNormal(new Float32Array(rows * width), noise))
  walked.forEach((x, place) => {
    put(numbers, out, place, quantile(quantiles[place % width], normalShare(x)))
  })
  return out
}

function filled(
  numbers: Numbers,
  { rows }: SeriesRows,
  evidence: ReturnType<SeriesScorer['evidence']>,
  { samples, number, share }: Pick<FillRequest, 'samples' | 'number' | 'share'>,
): FilledSeries {
  const { chain, view, layout, scales, spread } = numbers
  const seen = viewedNumbers(view, layout, scales, rows)
  const believed = evidence ? believedOf(seen, evidence.distance, view.rows) : seen
  const noise = Array.from({ length: samples }, (_, seed) =>
    fillNormal(new Float32Array(seen.data.length), { seed, stream: drawing, step: number }),
  )
  const found = chain.gaps(believed, { spread, noise })
  const withGaps = (of: (gap: number) => number): Float32Array => {
    const out = Float32Array.from(rows)
    found.places.forEach((place, gap) => {
      if (seen.known[place] === 0) put(numbers, out, place, of(gap))
    })
    return out
  }
  return {
    mean: withGaps((gap) => found.mean[gap]),
    samples: found.draws.map((own) => withGaps((gap) => own[gap])),
    ...(share !== undefined && { intervals: intervalsOf(found, share, withGaps) }),
  }
}

function intervalsOf(
  { mean, deviation }: ChainGaps,
  share: number,
  withGaps: (of: (gap: number) => number) => Float32Array,
): FilledSeries['intervals'] {
  const reach = normalQuantile((1 + share) / 2)
  return {
    low: withGaps((gap) => mean[gap] - reach * deviation[gap]),
    high: withGaps((gap) => mean[gap] + reach * deviation[gap]),
  }
}

/** A series without numbers that are far off; where they go on to its end for half a window, its level is another now. */
function believedOf(numbers: SeriesNumbers, distance: Float64Array, rows: number): SeriesNumbers {
  const { width } = numbers
  const known = numbers.known.map((own, at) => (own === 1 && distance[at] <= ASIDE ? 1 : 0))
  for (let column = 0; column < width; column++) {
    const odd: number[] = []
    for (let at = known.length - width + column; at >= 0; at -= width) {
      if (numbers.known[at] === 0) continue
      if (known[at] === 1) break
      odd.push(at)
    }
    if (2 * odd.length >= rows) for (const at of odd) known[at] = 1
  }
  return { ...numbers, known }
}
