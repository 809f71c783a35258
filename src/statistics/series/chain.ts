/** A whole series by the Gaussian of its windows: each row given those before it that its window holds. */
import {
  bandedVariances,
  factorizeBanded,
  newBanded,
  solveBanded,
  solveBandedTransposed,
} from '../../base/math/banded.ts'
import { factorize } from '../../base/math/cholesky.ts'
import { lowerInverse } from '../../base/math/precision.ts'
import type { TimeGaussian } from './newest-precision.ts'
import type { SeriesNumbers } from './window-evidence.ts'

/** What is said of the numbers of a series that are not known, by their places, row · width + column, in their order. */
export interface ChainGaps {
  readonly places: Uint32Array
  /** What is expected, given all that is known before and after. */
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** Draws of all of them together, as many as there is noise for. */
  readonly draws: readonly Float64Array[]
}

interface ChainRequest {
  /** By how much the variances of each column are greater than the Gaussian has them [width]. */
  readonly spread: ArrayLike<number>
  /** Standard normal numbers, for each draw as many as the series has numbers. */
  readonly noise?: readonly ArrayLike<number>[]
}

export interface SeriesChain {
  /** Fills what is not known of a series, however long the stretches are: beyond its last known row they are forecasts. */
  gaps(series: SeriesNumbers, request: ChainRequest): ChainGaps
  /** A new series from as many standard normal numbers as it has, in standard deviations of its columns [rows × width]. */
  walk(noise: ArrayLike<number>): Float64Array
}

/**
 * The Gauss–Markov chain whose windows are a Gaussian's: log p(x) = Σₜ log p(xₜ | the window's rows before t). Its
 * precision is banded, so what is missing anywhere is solved for at once. Rue & Held 2005, 2.3.
 */
export function seriesChain(gaussian: TimeGaussian): SeriesChain {
  const even = evened(gaussian)
  const { width, rows } = even
  const size = width * rows
  const lower = lowerInverse(even.factor, size)
  /** The line of the whitening matrix for a number of the row at a place in its window. */
  const lineOf = (place: number, number: number) => (place * width + number) * size
  return {
    gaps(series, { spread, noise = [] }) {
      const places = Uint32Array.from(series.known.keys()).filter((at) => series.known[at] === 0)
      const found = {
        places,
        mean: new Float64Array(places.length),
        deviation: new Float64Array(places.length),
        draws: noise.map(() => new Float64Array(places.length)),
      }
      for (let from = 0, to = 0; from < places.length; from = to) {
        for (to = from + 1; to < places.length && isNear(places[to - 1], places[to], width, rows); ) to++
        solveTogether(
          { even, lower, series, places: places.subarray(from, to) },
          (at, own) => {
            found.mean[from + at] = own.mean
            const wider = Math.sqrt(spread[places[from + at] % width])
            found.deviation[from + at] = own.deviation * wider
            noise.forEach((_, draw) => {
              found.draws[draw][from + at] = own.mean + wider * own.moves[draw]
            })
          },
          noise,
        )
      }
      return found
    },
    walk(noise) {
      const residuals = new Float64Array(noise.length)
      for (let row = 0; row * width < noise.length; row++) {
        const first = Math.max(0, row - rows + 1)
        for (let number = 0; number < width; number++) {
          const line = lineOf(row - first, number)
          const own = (row - first) * width + number
          let left = noise[row * width + number]
          for (let at = 0; at < own; at++) left -= lower[line + at] * residuals[first * width + at]
          residuals[row * width + number] = left / lower[line + own]
        }
      }
      const deviations = Array.from({ length: width }, (_, column) => {
        const line = (size - width + column) * size
        return Math.hypot(...even.factor.subarray(line, line + size - width + column + 1))
      })
      return residuals.map((x, at) => x / deviations[at % width])
    },
  }
}

/** Whether a window may hold both of two numbers. */
const isNear = (before: number, after: number, width: number, rows: number): boolean =>
  Math.floor(after / width) - Math.floor(before / width) < rows

/** The mean of each column, and of each two columns at each distance in time; of a Gaussian that this would break, itself. */
function evened(gaussian: TimeGaussian): TimeGaussian {
  const { width, rows, factor } = gaussian
  const size = width * rows
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k <= j; k++) sum += factor[i * size + k] * factor[j * size + k]
      covariance[i * size + j] = covariance[j * size + i] = sum
    }
  const mean = gaussian.mean.map((_, at) => {
    let sum = 0
    for (let own = at % width; own < size; own += width) sum += gaussian.mean[own] / rows
    return sum
  })
  const own = new Float64Array(size * size)
  for (let lag = 0; lag < rows; lag++)
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) {
        let sum = 0
        for (let row = lag; row < rows; row++)
          sum += covariance[(row * width + a) * size + (row - lag) * width + b]
        for (let row = lag; row < rows; row++)
          own[(row * width + a) * size + (row - lag) * width + b] = sum / (rows - lag)
      }
  factorize(own, size)
  return { width, rows, mean, factor: own.some(Number.isNaN) ? factor : own }
}

interface Together {
  readonly even: TimeGaussian
  readonly lower: Float64Array
  readonly series: SeriesNumbers
  /** Numbers that are missing, each near the one before. */
  readonly places: Uint32Array
}

/** What is missing in one stretch: −Q⁻¹·b, where Q is the chain's precision of it and b the pull of what is known. */
function solveTogether(
  { even: { width, rows, mean }, lower, series, places }: Together,
  tell: (at: number, own: { mean: number; deviation: number; moves: readonly number[] }) => void,
  noise: readonly ArrayLike<number>[],
): void {
  const size = width * rows
  const count = series.data.length / width
  const rowOf = (gap: number) => Math.floor(places[gap] / width)
  let [band, begin] = [0, 0]
  for (let gap = 0; gap < places.length; gap++) {
    while (rowOf(gap) - rowOf(begin) >= rows) begin++
    band = Math.max(band, gap - begin)
  }
  const precision = newBanded(places.length, band)
  const pull = new Float64Array(places.length)
  const last = Math.min(count - 1, rowOf(places.length - 1) + rows - 1)
  let [from, to] = [0, 0]
  for (let row = rowOf(0); row <= last; row++) {
    const first = Math.max(0, row - rows + 1)
    while (from < places.length && rowOf(from) < first) from++
    while (to < places.length && rowOf(to) <= row) to++
    for (let number = 0; number < width; number++) {
      const line = ((row - first) * width + number) * size
      const shift = line - first * width
      let off = 0
      for (let at = first * width; at <= row * width + number; at++)
        if (series.known[at] === 1) off += lower[shift + at] * (series.data[at] - mean[at % width])
      for (let a = from; a < to; a++) {
        const share = lower[shift + places[a]]
        pull[a] += share * off
        const entry = a * band + band
        for (let b = from; b <= a; b++) precision.data[entry + b] += share * lower[shift + places[b]]
      }
    }
  }
  factorizeBanded(precision)
  solveBanded(precision, pull)
  solveBandedTransposed(precision, pull)
  const variance = bandedVariances(precision)
  const moves = noise.map((all) => {
    const own = Float64Array.from(places, (place) => all[place])
    solveBandedTransposed(precision, own)
    return own
  })
  for (let at = 0; at < places.length; at++)
    tell(at, {
      mean: mean[places[at] % width] - pull[at],
      deviation: Math.sqrt(variance[at]),
      moves: moves.map((own) => own[at]),
    })
}
