/** Joint Gaussians by their precision Λ, the inverse of the covariance; matrices row-major in Float64Arrays. */
import { factorize, solveLower, solveLowerTransposed } from './cholesky.ts'

/** The inverse of L, whose rows each come from those above; zeros above the diagonal. */
export function lowerInverse(factor: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const own = row * size
    for (let k = 0; k < row; k++) {
      const share = factor[own + k]
      for (let column = 0; column <= k; column++) lower[own + column] -= share * lower[k * size + column]
    }
    lower[own + row] = 1
    for (let column = 0; column <= row; column++) lower[own + column] /= factor[own + row]
  }
  return lower
}

/** The inverse of L·Lᵀ. */
export const inverseOf = (factor: Float64Array, size: number): Float64Array =>
  squareOf(lowerInverse(factor, size), size)

/** Mᵀ·M of a lower triangle. */
export function squareOf(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let k = 0; k < size; k++)
    for (let i = 0; i <= k; i++) {
      const share = lower[k * size + i]
      for (let j = 0; j <= k; j++) inverse[i * size + j] += share * lower[k * size + j]
    }
  return inverse
}

/** Puts Λ·r into `out`. */
export function timesVector(precision: Float64Array, r: Float64Array, out: Float64Array): void {
  const size = r.length
  let i = 0
  // Four sums at a time, none of which waits for another; each in the order of its line.
  for (; i + 4 <= size; i += 4) {
    const [first, second, third] = [i * size, (i + 1) * size, (i + 2) * size]
    const fourth = third + size
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let j = 0; j < size; j++) {
      const x = r[j]
      a += precision[first + j] * x
      b += precision[second + j] * x
      c += precision[third + j] * x
      d += precision[fourth + j] * x
    }
    out[i] = a
    out[i + 1] = b
    out[i + 2] = c
    out[i + 3] = d
  }
  for (; i < size; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += precision[i * size + j] * r[j]
    out[i] = sum
  }
}

/** What is expected of missing numbers. */
export interface Expected {
  /** Λₘₘ⁻¹ Λₘₖ rₖ, one by one: what is missing is expected to lie so far below its mean. */
  readonly mean: Float64Array
  /** Lower Cholesky factor of Λₘₘ, the precision of what is missing, given what is known [missing × missing]. */
  readonly factor: Float64Array
}

/**
 * Of a residual r = x − μ, which is 0 at the first `count` places of `missing`, puts into `out` what is expected there;
 * gives by how much the squared distance rᵀΛr falls with it.
 */
export function expectMissing(
  precision: Float64Array,
  residual: Float64Array,
  missing: ArrayLike<number>,
  count: number,
  { mean, factor }: Expected,
): number {
  const size = residual.length
  for (let a = 0; a < count; a++) {
    const line = missing[a] * size
    let pull = 0
    for (let j = 0; j < size; j++) pull += precision[line + j] * residual[j]
    mean[a] = pull
    for (let b = 0; b <= a; b++) factor[a * count + b] = precision[line + missing[b]]
  }
  factorize(factor, count)
  solveLower(factor, count, mean)
  let explained = 0
  for (let a = 0; a < count; a++) explained += mean[a] * mean[a]
  solveLowerTransposed(factor, count, mean)
  return explained
}
