/** What is missing in a series, from both sides: numbers by the chain of its windows, all else by the model's windows. */
import { quantile } from '../../../base/math/quantile.ts'
import { type Draw, fillNormal, fillUniform, normalQuantile, streamOf } from '../../../base/random.ts'
import { type TableLayout, tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import { chiSquareTail } from '../../../statistics/anomaly/drift/chi-square.ts'
import { seriesChain } from '../../../statistics/series/chain.ts'
import { MIDDLE_SQUARE } from '../../../statistics/series/newest-evidence.ts'
import type { SeriesNumbers } from '../../../statistics/series/window-evidence.ts'
import type { ModelParts } from '../../model-parts.ts'
import type { EncodedIntervals } from '../intervals.ts'
import { SERIES } from './kept.ts'
import type { SeriesRows } from './passes.ts'
import type { SeriesScorer } from './series-scores.ts'
import { encodedNumber, openTimeGaussian, type SeriesView, seriesView, viewedNumbers } from './series-view.ts'

/** From this many usual distances on a number is not believed, and what is missing beside it is filled without it. */
const ASIDE = 25
const drawing = streamOf('series-gaps')
const making = streamOf('new-series-numbers')
const choosing = streamOf('series-levels')

/** Encoded rows of one series [n × width] with nothing missing. */
export interface FilledSeries {
  readonly mean: Float32Array
  readonly intervals?: EncodedIntervals
  readonly samples: readonly Float32Array[]
}

export interface FillRequest {
  /** Draws of the code, where the model has a say. */
  readonly draws: number
  /** Draws of what is missing, and the number of the series, by which they differ. */
  readonly samples: number
  readonly number: number
  readonly seed?: number
  /** The share of intervals that hold what they are of. */
  readonly share?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SeriesFiller {
  fill(series: SeriesRows, request: FillRequest): Promise<FilledSeries>
  /** A new series, as encoded rows with nothing missing. */
  make(elapsed: Float32Array, request: MakeRequest): Promise<Float32Array>
}

type MakeRequest = Pick<FillRequest, 'draws' | 'number' | 'signal'> & { readonly seed: number }

export function seriesFiller(
  scorer: SeriesScorer,
  { values }: Pick<ModelParts, 'values'>,
  schema: TableSchema,
  windows: Windows,
): SeriesFiller {
  const layout = tableLayout(schema)
  const view = seriesView(layout, windows.rows)
  const numbers = SERIES.scale in values ? numberFiller(values, view, layout) : undefined
  const levels = levelFiller(scorer, layout, windows, numbers ? view : undefined)
  return {
    async fill(series, request) {
      const own = numbers?.fill(series, scorer.evidence(series), request)
      const mean = own?.mean ?? Float32Array.from(series.rows)
      const samples = own?.samples ?? Array.from({ length: request.samples }, () => Float32Array.from(mean))
      await levels(series, { mean, samples }, request)
      return { mean, samples, ...(own?.intervals && { intervals: own.intervals }) }
    },
    async make(elapsed, { seed, ...request }) {
      const noise = { seed, stream: making, step: request.number }
      const rows = numbers?.make(elapsed.length, noise) ?? new Float32Array(elapsed.length * layout.width)
      const made = Float32Array.from(rows)
      // The likeliest levels are computed beside those that are drawn, in the same passes.
      const paths = { mean: Float32Array.from(rows), samples: [made] }
      await levels({ rows, elapsed }, paths, { ...request, samples: 1, seed })
      return made
    },
  }
}

/** By how much variances of rows to come are greater than the Gaussian has them, which is of those that lie closest. */
export function spreadOf(values: ModelParts['values'], { columns }: SeriesView): Float64Array {
  const { [SERIES.liveUsual]: usual } = values
  return Float64Array.from(columns, ({ column }) => (usual?.data[column] || MIDDLE_SQUARE) / MIDDLE_SQUARE)
}

/** The share of a normal distribution below a number of deviations. */
const normalShare = (x: number): number =>
  x < 0 ? chiSquareTail(x * x, 1) / 2 : 1 - chiSquareTail(x * x, 1) / 2

function numberFiller(values: ModelParts['values'], view: SeriesView, layout: TableLayout) {
  const chain = seriesChain(openTimeGaussian(values, view))
  const scales = Float32Array.from(values[SERIES.scale].data)
  const spread = spreadOf(values, view)
  const width = view.columns.length
  const quantiles = values[SERIES.quantiles]
  const knots = quantiles ? quantiles.shape[1] : 0
  /** A new series in order, each number of the rank in its column that the chain has it at. */
  const make = (count: number, noise: Draw): Float32Array => {
    const out = new Float32Array(count * layout.width)
    const walked = chain.walk(fillNormal(new Float32Array(count * width), noise))
    walked.forEach((x, at) => {
      const { slot, mask } = view.columns[at % width]
      const from = Math.floor(at / width) * layout.width
      const own = quantiles.data.subarray((at % width) * knots, ((at % width) + 1) * knots)
      out[from + slot] = encodedNumber(view, scales, at % width, quantile(own, normalShare(x)))
      out[from + mask] = 1
    })
    return out
  }
  const fill = (
    { rows }: SeriesRows,
    evidence: ReturnType<SeriesScorer['evidence']>,
    { samples, number, share }: FillRequest,
  ): FilledSeries => {
    const seen = viewedNumbers(view, layout, scales, rows)
    const believed = evidence ? believedOf(seen, evidence.distance, view.rows) : seen
    const noise = Array.from({ length: samples }, (_, seed) =>
      fillNormal(new Float32Array(seen.data.length), { seed, stream: drawing, step: number }),
    )
    const found = chain.gaps(believed, { spread, noise })
    const put = (of: (gap: number) => number): Float32Array => {
      const out = Float32Array.from(rows)
      found.places.forEach((place, gap) => {
        if (seen.known[place] === 1) return
        const { slot, mask } = view.columns[place % width]
        const from = Math.floor(place / width) * layout.width
        out[from + slot] = encodedNumber(view, scales, place % width, of(gap))
        out[from + mask] = 1
      })
      return out
    }
    const reach = share === undefined ? 0 : normalQuantile((1 + share) / 2)
    return {
      mean: put((gap) => found.mean[gap]),
      samples: found.draws.map((own) => put((gap) => own[gap])),
      ...(share !== undefined && {
        intervals: {
          low: put((gap) => found.mean[gap] - reach * found.deviation[gap]),
          high: put((gap) => found.mean[gap] + reach * found.deviation[gap]),
        },
      }),
    }
  }
  return { fill, make }
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

interface Filling {
  readonly mean: Float32Array
  readonly samples: readonly Float32Array[]
}

/** Fills what the Gaussian does not look at, in place: what lies inside at once, what comes after all that is known row by row. */
function levelFiller(
  scorer: SeriesScorer,
  layout: TableLayout,
  windows: Windows,
  view: SeriesView | undefined,
) {
  const columns = layout.columns.filter((_, column) => !view || view.place[column] < 0)
  const settle = columns.map(({ slots }) => settler(layout, slots))
  const { width } = layout
  const isKnown = (rows: Float32Array, row: number, mask: number) => rows[row * width + mask] === 1
  return async (
    { rows, elapsed }: SeriesRows,
    { mean, samples }: Filling,
    { draws, number, seed = 0, signal }: FillRequest,
  ): Promise<void> => {
    const count = elapsed.length
    const isWhole = (row: number) => columns.every(({ mask }) => isKnown(rows, row, mask))
    const isBare = (row: number) => columns.every(({ mask }) => !isKnown(rows, row, mask))
    if (elapsed.every((_, row) => isWhole(row))) return
    const paths = [mean, ...samples]
    /** Puts what is expected of a row where it is not known: into the first path the likeliest, into others draws. */
    const put = (path: number, row: number, center: Float32Array) => {
      const step = number * 2 ** 26 + row
      const chance = fillUniform(new Float32Array(columns.length), {
        seed: seed + path,
        stream: choosing,
        step,
      })
      const own = paths[path].subarray(row * width, (row + 1) * width)
      columns.forEach(({ mask, slots }, at) => {
        if (isKnown(rows, row, mask)) return
        for (const slot of slots) own[slot] = center[slot]
        own[mask] = 1
        settle[at](own, path === 0 ? undefined : chance[at])
      })
    }
    let end = count
    while (end > 0 && isBare(end - 1)) end--
    const gaps = Array.from({ length: end }, (_, row) => row).filter((row) => !isWhole(row))
    if (gaps.length > 0) {
      const inside = { rows: mean.slice(0, end * width), elapsed: elapsed.subarray(0, end) }
      const { center } = await scorer.said(inside, { draws, signal })
      for (const row of gaps)
        paths.forEach((_, path) => {
          put(path, row, center.subarray(row * width, (row + 1) * width))
        })
    }
    for (let row = end; row < count; row++) {
      const from = Math.max(0, row - windows.rows + 1)
      const when = elapsed.subarray(from, row + 1)
      const own = paths.map((path) => ({ rows: path.slice(from * width, (row + 1) * width), elapsed: when }))
      const centers = await scorer.newest(own, { draws, signal })
      centers.forEach((center, path) => {
        put(path, row, center)
      })
    }
  }
}

/** Makes a level of a column's probabilities, in place: the likeliest, or by a number from 0 to 1; numbers stay. */
function settler(
  { groups }: TableLayout,
  [first]: readonly number[],
): (row: Float32Array, chance: number | undefined) => void {
  if (first >= groups.binary[0] && first < groups.binary[1])
    return (row, chance = 0.5) => {
      row[first] = row[first] > 1 - chance ? 1 : 0
    }
  const group = groups.categorical.find(({ at }) => at === first)
  if (!group) return () => {}
  return (row, chance) => {
    const shares = row.subarray(group.at, group.at + group.levels)
    let left = chance ?? 0
    const isLast = (share: number, level: number) => {
      left -= share
      return left < 0 || level === shares.length - 1
    }
    const chosen = chance === undefined ? shares.indexOf(Math.max(...shares)) : shares.findIndex(isLast)
    shares.fill(0)
    shares[chosen] = 1
  }
}
