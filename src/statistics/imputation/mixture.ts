/** Mixtures of Gaussians of rows with gaps: densities of what is known, and what is missing given that. */
import { cholesky, halfLogDeterminant, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { type Expected, expectMissing, inverseOf } from '../../base/math/precision.ts'
import type { Gaps } from './gap-table.ts'

export interface Component {
  readonly logWeight: number
  readonly mean: Float64Array
  /** The inverse of the covariance [size × size]. */
  readonly precision: Float64Array
  /** ½ log |precision|. */
  readonly halfLogDeterminant: number
}

/** One row, seen by one component. */
export interface Conditional extends Expected {
  /** log of weight times density of what is known. */
  logJoint: number
  /** E[missing | known], one by one. */
  readonly mean: Float64Array
  /** Of the component whose row it is: what is known less its mean, 0 where it is missing. */
  readonly residual: Float64Array
}

export const newConditional = (size: number): Conditional => ({
  logJoint: 0,
  mean: new Float64Array(size),
  factor: new Float64Array(size * size),
  residual: new Float64Array(size),
})

/**
 * p(known) and p(missing | known) by the block of the precision that belongs to what is missing, since that is the
 * smaller one: mean μₘ − Pₘₘ⁻¹ Pₘₖ (xₖ − μₖ), covariance Pₘₘ⁻¹.
 */
export function condition(
  { logWeight, mean, precision, halfLogDeterminant: whole }: Component,
  row: ArrayLike<number>,
  from: number,
  { slots: missing, count }: Gaps,
  out: Conditional,
): void {
  const size = mean.length
  const { residual, mean: expected } = out
  for (let i = 0; i < size; i++) residual[i] = row[from + i] - mean[i]
  for (let m = 0; m < count; m++) residual[missing[m]] = 0
  const known = quadratic(precision, residual)
  const explained = expectMissing(precision, residual, missing, count, out)
  for (let a = 0; a < count; a++) expected[a] = mean[missing[a]] - expected[a]
  const distance = known - explained
  const halfLog = halfLogDeterminant(out.factor, count)
  out.logJoint = logWeight - 0.5 * ((size - count) * LOG_TWO_PI + distance) + whole - halfLog
}

/** rᵀPr. */
function quadratic(precision: Float64Array, residual: Float64Array): number {
  const size = residual.length
  let distance = 0
  for (let i = 0; i < size; i++) {
    const own = residual[i]
    if (own === 0) continue
    const line = i * size
    let sum = 0
    for (let j = 0; j < i; j++) sum += precision[line + j] * residual[j]
    distance += own * (2 * sum + precision[line + i] * own)
  }
  return distance
}

/** Weights that sum to 1 from logarithms, in place; gives the logarithm of their sum. */
export function normalize(logs: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY
  for (const log of logs) if (log > top) top = log
  let sum = 0
  for (let i = 0; i < logs.length; i++) sum += logs[i] = Math.exp(logs[i] - top)
  for (let i = 0; i < logs.length; i++) logs[i] /= sum
  return top + Math.log(sum)
}

/** The inverse of a symmetric positive definite matrix, and ½ log of that inverse's determinant. */
export function inverted(
  matrix: Float64Array,
  size: number,
): { precision: Float64Array; halfLogDeterminant: number } {
  const factor = cholesky(matrix, size)
  return { precision: inverseOf(factor, size), halfLogDeterminant: -halfLogDeterminant(factor, size) }
}

/** Adds `share` times the inverse of L·Lᵀ to a symmetric matrix at places `missing`. */
export function addInverse(
  factor: Float64Array,
  { slots: missing, count }: Gaps,
  share: number,
  size: number,
  out: Float64Array,
): void {
  const column = new Float64Array(count)
  const square = factor.subarray(0, count * count)
  for (let a = 0; a < count; a++) {
    column.fill(0)
    column[a] = 1
    solveLower(square, count, column)
    solveLowerTransposed(square, count, column)
    for (let b = 0; b < count; b++) out[missing[a] * size + missing[b]] += share * column[b]
  }
}
