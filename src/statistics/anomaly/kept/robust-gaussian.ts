import { cholesky } from '../../../base/math/cholesky.ts'
import { expectMissing, inverseOf, timesVector } from '../../../base/math/precision.ts'
import { quantile } from '../../../base/math/quantile.ts'
import { middleOf, type PartlyKnown } from './middle.ts'

/** A joint Gaussian of standardized numbers: L with L·Lᵀ their covariance, by its rows packed, or its diagonal alone. */
export interface JointGaussian {
  readonly mean: Float32Array
  /** n·(n + 1)/2 numbers, or n where numbers are taken to be independent. */
  readonly factor: Float32Array
}

/** The share of the rows that lie closest together, which a fit is of; the others may be strange. */
const CLOSEST = 0.75
/** Of fewer rows none are left out. */
const FEWEST = 20
const MOST_ROUNDS = 10
/** A covariance of n numbers from m rows is moved to its diagonal by this share of n / m, and by the second in any case. */
const SHRINKAGE = { each: 0.1, least: 1e-3 }
/**
 * Variances are taken to be at least this share of the squared spread of all rows, and the second in any case: of a column
 * that is mostly one value the closest rows may know no other, and a row that has one is not infinitely far away.
 */
const LEAST_VARIANCE = { share: 0.25, least: 1e-6 }
/** Of more numbers only the variances are kept: a whole covariance would be megabytes. */
const WIDEST = 600

/** How a robust Gaussian is fitted, where not as for rows. */
export interface RobustFit {
  readonly rounds?: number
  readonly shrinkage?: typeof SHRINKAGE
  /** Numbers up to which the whole covariance is kept. */
  readonly widest?: number
}

/**
 * The Gaussian of those three quarters of the rows that lie closest by its own distances: strange rows among those that it
 * learns from do not bend it. The concentration steps of Rousseeuw & Van Driessen 1999 (FAST-MCD), begun at all rows.
 */
export function fitRobustGaussian(
  { width, data, known }: PartlyKnown,
  { rounds = MOST_ROUNDS, shrinkage = SHRINKAGE, widest = WIDEST }: RobustFit = {},
): JointGaussian {
  const filled = data.map((x, at) => (known[at] === 1 ? x : 0))
  const count = data.length / width
  let rows = Uint32Array.from({ length: count }, (_, row) => row)
  const least = middleOf({ width, data, known })
    .subarray(width)
    .map((spread) => Math.max(LEAST_VARIANCE.share * spread ** 2, LEAST_VARIANCE.least))
  for (let round = 0; ; round++) {
    const fitted = gaussianOf(filled, width, rows, { least, shrinkage, widest })
    if (round === rounds) return fitted
    const { fill } = inGaussian(fitted)
    const distance = distanceIn(fitted)
    const distances = new Float64Array(count)
    for (let row = 0; row < count; row++) {
      const own = filled.subarray(row * width, (row + 1) * width)
      fill(own, known.subarray(row * width, (row + 1) * width))
      distances[row] = distance(own)
    }
    const limit = quantile(distances.toSorted(), count > FEWEST ? Math.max(CLOSEST, FEWEST / count) : 1)
    const closest = Uint32Array.from(distances.keys()).filter((row) => distances[row] <= limit)
    const same = closest.length === rows.length && closest.every((row, at) => row === rows[at])
    if (same) return fitted
    rows = closest
  }
}

function gaussianOf(
  data: Float64Array,
  width: number,
  rows: Uint32Array,
  { least, shrinkage, widest }: Required<Omit<RobustFit, 'rounds'>> & { readonly least: Float32Array },
): JointGaussian {
  const mean = new Float64Array(width)
  for (const row of rows) for (let at = 0; at < width; at++) mean[at] += data[row * width + at] / rows.length
  const isWhole = width <= widest
  const covariance = new Float64Array(isWhole ? width * width : width)
  const own = new Float64Array(width)
  for (const row of rows) {
    for (let at = 0; at < width; at++) own[at] = data[row * width + at] - mean[at]
    for (let i = 0; i < width; i++) {
      if (!isWhole) covariance[i] += own[i] ** 2 / rows.length
      else for (let j = 0; j <= i; j++) covariance[i * width + j] += (own[i] * own[j]) / rows.length
    }
  }
  const share = Math.min(1, width / rows.length) * shrinkage.each + shrinkage.least
  if (!isWhole) {
    const deviations = covariance.map((variance, at) => Math.sqrt(Math.max(variance, least[at])))
    return { mean: Float32Array.from(mean), factor: Float32Array.from(deviations) }
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const at = i * width + j
      covariance[at] = i === j ? Math.max(covariance[at], least[i]) : covariance[at] * (1 - share)
    }
  return { mean: Float32Array.from(mean), factor: packed(cholesky(covariance, width), width) }
}

function packed(factor: Float64Array, size: number): Float32Array {
  const out = new Float32Array((size * (size + 1)) / 2)
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column <= row; column++) out[at++] = factor[row * size + column]
  return out
}

/** Squared distances without the inverse, whose making would cost more than those of a few rows. */
function distanceIn({ mean, factor }: JointGaussian): (row: Float64Array) => number {
  const width = mean.length
  const solved = new Float64Array(width)
  return (row) => {
    let sum = 0
    for (let i = 0, at = 0; i < width; i++) {
      let left = row[i] - mean[i]
      if (factor.length !== width || width === 1) for (let k = 0; k < i; k++) left -= factor[at++] * solved[k]
      solved[i] = left / factor[at++]
      sum += solved[i] ** 2
    }
    return sum
  }
}

/** A row seen in a joint Gaussian. */
export interface InGaussian {
  /** Puts the mean of what is missing, given what is known, where `known` is 0. */
  fill(row: Float64Array, known: Uint8Array): void
  /** The squared Mahalanobis distance of a row without gaps. */
  distance(row: Float64Array): number
  /** Λ·(x − μ) of a row without gaps, Λ the inverse of the covariance; its product with x − μ is the distance. */
  pull(row: Float64Array, out: Float64Array): void
  /** Λ over some of the numbers [size, size]: the inverse of what they vary by once all the others are known. */
  precision(places: ArrayLike<number>): Float64Array
}

export function inGaussian({ mean, factor }: JointGaussian): InGaussian {
  const width = mean.length
  const centered = new Float64Array(width)
  const center = (row: Float64Array) => {
    for (let at = 0; at < width; at++) centered[at] = row[at] - mean[at]
  }
  const isWhole = factor.length !== width
  let inverse: Float64Array | undefined
  const inverted = () => {
    inverse ??= inverseOf(unpacked(factor, width), width)
    return inverse
  }
  const entry = (i: number, j: number) =>
    isWhole ? inverted()[i * width + j] : i === j ? 1 / factor[i] ** 2 : 0
  const pull = (row: Float64Array, out: Float64Array) => {
    center(row)
    if (isWhole) timesVector(inverted(), centered, out)
    else for (let i = 0; i < width; i++) out[i] = centered[i] / factor[i] ** 2
  }
  const pulled = new Float64Array(width)
  const gaps = new Uint32Array(width)
  let expected: { readonly mean: Float64Array; readonly factor: Float64Array } | undefined
  return {
    pull,
    precision: (places) =>
      Float64Array.from({ length: places.length ** 2 }, (_, at) =>
        entry(places[Math.floor(at / places.length)], places[at % places.length]),
      ),
    distance(row) {
      pull(row, pulled)
      let sum = 0
      for (let at = 0; at < width; at++) sum += pulled[at] * centered[at]
      return Math.max(0, sum)
    },
    fill(row, known) {
      let count = 0
      for (let at = 0; at < width; at++) if (known[at] === 0) gaps[count++] = at
      for (let gap = 0; gap < count; gap++) row[gaps[gap]] = mean[gaps[gap]]
      if (count === 0 || count === width || !isWhole) return
      expected ??= { mean: new Float64Array(width), factor: new Float64Array(width * width) }
      center(row)
      expectMissing(inverted(), centered, gaps, count, expected)
      for (let gap = 0; gap < count; gap++) row[gaps[gap]] -= expected.mean[gap]
    },
  }
}

/** A factor's rows, packed no more. */
export function unpacked(factor: Float32Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column <= row; column++) out[row * size + column] = factor[at++]
  return out
}
