/** Numbers that tell how near one set of rows is to another, and how rows are spread. */
import type { NDArray } from 'betavae'
import { chance, normal } from '../chance.ts'
import type { Fitted } from './digits.ts'

type Row = Float64Array

export const rowsOf = ({ data, shape: [count] }: NDArray): Row[] =>
  Array.from({ length: count }, (_, i) =>
    Float64Array.from(data.subarray((i * data.length) / count, ((i + 1) * data.length) / count)),
  )

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

/** Root of the mean squared difference, number by number: grey levels for digits. */
export const difference = (a: NDArray, b: NDArray): number =>
  Math.sqrt(average(Float64Array.from(a.data, (value, i) => (value - b.data[i]) ** 2)))

/** As many rows, changed number by number; digits stay whole grey levels. */
export const changed = (rows: NDArray, change: (value: number, at: number) => number): NDArray => ({
  data: Float32Array.from(rows.data, change),
  shape: rows.shape,
})

function distance(a: Row, b: Row): number {
  let squares = 0
  for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2
  return Math.sqrt(squares)
}

/** Over all pairs of different rows. */
function meanDistance(as: readonly Row[], bs: readonly Row[]): number {
  let [sum, pairs] = [0, 0]
  for (const a of as)
    for (const b of bs) {
      if (a === b) continue
      sum += distance(a, b)
      pairs++
    }
  return sum / pairs
}

/**
 * Energy distance of two samples: 2·E‖a − b‖ − E‖a − a′‖ − E‖b − b′‖, which is 0 where both come from one
 * distribution. Blurred, odd and missing kinds of rows all add to it. Székely & Rizzo 2013.
 */
export function energyDistance(a: NDArray, b: NDArray): number {
  const [as, bs] = [rowsOf(a), rowsOf(b)]
  return 2 * meanDistance(as, bs) - meanDistance(as, as) - meanDistance(bs, bs)
}

/** Reads rows as classes: that of most of the five nearest rows whose classes are known. */
export function readBy(known: NDArray, labels: readonly number[]): (rows: NDArray) => number[] {
  const references = rowsOf(known)
  return (rows) =>
    rowsOf(rows).map((row) => {
      const nearest = references
        .map((reference, at) => ({ label: labels[at], away: distance(row, reference) }))
        .sort((a, b) => a.away - b.away)
        .slice(0, 5)
      const votes = nearest.map(({ label }) => nearest.filter((other) => other.label === label).length)
      return nearest[votes.indexOf(Math.max(...votes))].label
    })
}

/** Draws from N(0, I) [count, size]; the same for the same seed. */
export function normals(count: number, size: number, seed = 1): NDArray<Float32Array> {
  const uniform = chance(seed)
  return { data: new Float32Array(count * size).map(() => normal(uniform)), shape: [count, size] }
}

/** A code for each digit held out [n, latent]: drawn from its posterior, where it has one. */
export async function codesOf({ model, heldOut }: Fitted): Promise<NDArray> {
  const { mean, logVariance } = await model.encode(heldOut)
  if (!logVariance) return mean
  const noise = normals(mean.shape[0], mean.shape[1], 2)
  return changed(mean, (center, at) => center + Math.exp(logVariance.data[at] / 2) * noise.data[at])
}

/** Covariance of the columns of rows. */
export function covariance(rows: NDArray): number[][] {
  const all = rowsOf(rows)
  const centers = all[0].map((_, column) => average(all.map((row) => row[column])))
  const columns = Array.from(centers, (center, column) => all.map((row) => row[column] - center))
  return columns.map((a) => columns.map((b) => average(a.map((value, i) => value * b[i]))))
}

/** Total correlation of the columns in nats, were they jointly Gaussian: −½ log det of their correlations. */
export function totalCorrelation(rows: NDArray): number {
  const own = covariance(rows)
  const matrix = own.map((row, i) => row.map((value, j) => value / Math.sqrt(own[i][i] * own[j][j])))
  let logDeterminant = 0
  // Gaussian elimination: the determinant is the product of the pivots.
  for (let k = 0; k < matrix.length; k++) {
    logDeterminant += Math.log(matrix[k][k])
    for (let i = k + 1; i < matrix.length; i++) {
      const factor = matrix[i][k] / matrix[k][k]
      matrix[i] = matrix[i].map((value, j) => value - factor * matrix[k][j])
    }
  }
  return -logDeterminant / 2
}

/** Root of the mean squared distance from the center, number by number. */
export const spread = (rows: NDArray): number => Math.sqrt(average(covariance(rows).map((row, i) => row[i])))

/** How far a covariance matrix is from the identity, root mean square: between columns, and in their own variance. */
export function awayFromIdentity(matrix: readonly number[][]): { between: number; own: number } {
  const entries = matrix.flatMap((row, i) => row.map((value, j) => ({ value, isOwn: i === j })))
  const rootMeanSquare = (values: number[]) => Math.sqrt(average(values.map((value) => value ** 2)))
  return {
    between: rootMeanSquare(entries.filter(({ isOwn }) => !isOwn).map(({ value }) => value)),
    own: rootMeanSquare(entries.filter(({ isOwn }) => isOwn).map(({ value }) => value - 1)),
  }
}

/** By how many grey levels a pixel changes when codes move by a tenth of their spread. */
export async function stepSize({ model, heldOut }: Fitted): Promise<number> {
  const { mean } = await model.encode(heldOut)
  const [count, size] = mean.shape
  const noise = normals(count, size).data
  const reach = covariance(mean).map((row, i) => 0.1 * Math.sqrt(row[i]))
  const moved = changed(mean, (value, at) => value + reach[at % size] * noise[at])
  return difference(await model.decode(moved), await model.decode(mean))
}
