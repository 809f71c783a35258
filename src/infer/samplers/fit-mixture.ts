/** Gaussian mixtures with full covariances, fitted by expectation–maximization in float64. */

import type { NDArray } from '../../base/arrays.ts'
import { cholesky, halfLogDeterminant, inverseTrace } from '../../base/math/cholesky.ts'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { dot, sumOf } from '../../base/math/sums.ts'
import { innerProducts, varianceOf } from '../../base/math/variance.ts'
import { spreadStart } from './spread-start.ts'

export interface FittedMixture {
  /** [K]; they sum to 1. */
  readonly weights: Float64Array
  /** [K × latent]. */
  readonly means: Float64Array
  /** For each component L [latent × latent], lower triangular, with covariance L·Lᵀ. */
  readonly factors: readonly Float64Array[]
  /** What each iteration reached: mean log-density of a code in nats, less the penalty. It never falls. */
  readonly path: readonly number[]
}

const MOST_ITERATIONS = 200
/** Nats per code; less is no progress. scikit-learn stops there, too. */
const PROGRESS = 1e-3
/** Variance added to an average component, as a share of the variance of the codes. */
const RIDGE = 1e-6
/** Added where codes do not vary at all. */
const LEAST_RIDGE = 1e-24
/** Shares below this do not change a sum of doubles, but cost time. */
const NEGLIGIBLE = 1e-16

type Gaussians = Omit<FittedMixture, 'path'>

/** Codes and what is worked out beside them. Loops run along dimensions, whose numbers lie next to each other. */
interface Fit {
  readonly count: number
  /** Each dimension of all codes [latent][count]. */
  readonly columns: readonly Float64Array[]
  /** How far each code belongs to each component [components][count]. */
  readonly shares: readonly Float64Array[]
  /** λ of the penalty ½ λ Σₖ tr Σₖ⁻¹: component k, of Nₖ codes, gets λ/Nₖ added to its variances. */
  readonly penalty: number
}

/**
 * Fits a mixture of Gaussians to codes [n, latent] by EM: Dempster et al. 1977; the start is that of k-means++.
 *
 * There are at most `most` components, fewer where codes repeat. A penalty ½ λ Σₖ tr Σₖ⁻¹ keeps covariances positive
 * definite where codes are few, equal or in a plane; it is part of what rises. The result is a function of the codes.
 */
export function fitMixture({ data, shape: [count, size] }: NDArray, most: number): FittedMixture {
  const nearest = spreadStart(Float64Array.from(data), size, most)
  const components = 1 + nearest.reduce((a, b) => Math.max(a, b))
  const shares = Array.from({ length: components }, (_, k) =>
    Float64Array.from(nearest, (component) => (component === k ? 1 : 0)),
  )
  const columns = Array.from({ length: size }, (_, d) =>
    Float64Array.from({ length: count }, (_, row) => data[row * size + d]),
  )
  const ridge = Math.max((RIDGE * sumOf(columns.map(varianceOf))) / size, LEAST_RIDGE)
  const fit = { count, columns, shares, penalty: (ridge * count) / components }
  let found = maximize(fit)
  const path = [expect(fit, found)]
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    found = maximize(fit, found)
    path.push(expect(fit, found))
    if (path[path.length - 1] - path[path.length - 2] < PROGRESS) break
  }
  return { ...found, path }
}

/** The E step: fills in shares, and gives the mean of what EM raises, in nats per code. */
function expect(fit: Fit, { weights, means, factors }: Gaussians): number {
  const { count, columns, shares, penalty } = fit
  const size = columns.length
  factors.forEach((factor, k) => {
    const constant = Math.log(weights[k]) - halfLogDeterminant(factor, size) - 0.5 * size * LOG_TWO_PI
    const logs = shares[k].fill(constant)
    for (const distances of whitened(columns, means.subarray(k * size, (k + 1) * size), factor))
      for (let row = 0; row < count; row++) logs[row] -= 0.5 * distances[row] * distances[row]
  })
  const traces = factors.reduce((sum, factor) => sum + inverseTrace(factor, size), 0)
  return (normalize(shares, count) - 0.5 * penalty * traces) / count
}

/** L⁻¹(x − mean) of all codes, by dimension. */
function whitened(
  columns: readonly Float64Array[],
  mean: Float64Array,
  factor: Float64Array,
): readonly Float64Array[] {
  const size = columns.length
  const solved: Float64Array[] = []
  for (let i = 0; i < size; i++) {
    const left = columns[i].slice()
    const pivot = factor[i * size + i]
    for (let row = 0; row < left.length; row++) left[row] = (left[row] - mean[i]) / pivot
    for (let j = 0; j < i; j++) subtract(left, factor[i * size + j] / pivot, solved[j])
    solved.push(left)
  }
  return solved
}

function subtract(from: Float64Array, scale: number, column: Float64Array): void {
  for (let row = 0; row < from.length; row++) from[row] -= scale * column[row]
}

/** Turns log-densities into shares, in place, and gives the sum of the logarithms of their sums. */
function normalize(logs: readonly Float64Array[], count: number): number {
  let total = 0
  for (let row = 0; row < count; row++) {
    let top = Number.NEGATIVE_INFINITY
    for (const own of logs) top = Math.max(top, own[row])
    let sum = 0
    for (const own of logs) sum += Math.exp(own[row] - top)
    const logSum = top + Math.log(sum)
    for (const own of logs) {
      const share = Math.exp(own[row] - logSum)
      own[row] = share < NEGLIGIBLE ? 0 : share
    }
    total += logSum
  }
  return total
}

/** The M step; a component that lost its codes keeps its place in `before`, without weight. */
function maximize({ count, columns, shares, penalty }: Fit, before?: Gaussians): Gaussians {
  const size = columns.length
  const masses = Float64Array.from(shares, sumOf)
  const means = new Float64Array(shares.length * size)
  const factors = shares.map((own, k) => {
    const mean = means.subarray(k * size, (k + 1) * size)
    if (before && masses[k] === 0) {
      mean.set(before.means.subarray(k * size, (k + 1) * size))
      return before.factors[k]
    }
    mean.set(columns.map((column) => dot(own, column) / masses[k]))
    return cholesky(covariance(columns, own, mean, masses[k], penalty / masses[k]), size)
  })
  return { weights: masses.map((mass) => mass / count), means, factors }
}

/** The covariance of a component with its ridge. */
function covariance(
  columns: readonly Float64Array[],
  shares: Float64Array,
  mean: Float64Array,
  mass: number,
  ridge: number,
): Float64Array {
  const members: number[] = []
  for (let row = 0; row < shares.length; row++) if (shares[row] > 0) members.push(row)
  const offsets = columns.map((column, d) => {
    const own = new Float64Array(members.length)
    for (let i = 0; i < own.length; i++)
      own[i] = Math.sqrt(shares[members[i]] / mass) * (column[members[i]] - mean[d])
    return own
  })
  const matrix = innerProducts(offsets)
  for (let at = 0; at < matrix.length; at += columns.length + 1) matrix[at] += ridge
  return matrix
}
