import { sumOf } from '../../base/math/sums.ts'
import { symmetricEigen } from '../../base/math/symmetric-eigen.ts'
import { centered, innerProducts } from '../../base/math/variance.ts'
import type { Points } from './neighborhoods.ts'

/** A Gaussian by its moments. */
export interface Moments {
  /** [size]. */
  readonly mean: Float64Array
  /** [size × size]. */
  readonly covariance: Float64Array
}

/** Mean and covariance of points, with n − 1. */
export function momentsOf({ data, shape: [count, size] }: Points): Moments {
  const columns = Array.from({ length: size }, (_, d) =>
    Float64Array.from({ length: count }, (_, row) => data[row * size + d]),
  )
  return {
    mean: Float64Array.from(columns, (column) => sumOf(column) / count),
    covariance: innerProducts(columns.map(centered)).map((sum) => sum / (count - 1)),
  }
}

/**
 * The squared Fréchet distance of Gaussians from one, |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½). Dowson & Landau 1982; between
 * points that a network computed, as Heusel et al. 2017 do.
 */
export function frechetFrom(a: Moments): (b: Moments) => number {
  const size = a.mean.length
  const root = rootOf(a.covariance, size)
  return (b) => {
    const between = a.mean.reduce((sum, mean, d) => sum + (mean - b.mean[d]) ** 2, 0)
    // tr (Σ₁Σ₂)^½ = tr (Σ₁^½Σ₂Σ₁^½)^½, which is symmetric.
    const { values } = symmetricEigen(product(product(root, b.covariance, size), root, size), size)
    const shared = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
    return Math.max(0, between + trace(a.covariance, size) + trace(b.covariance, size) - 2 * shared)
  }
}

function rootOf(covariance: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(covariance, size)
  const scaled = vectors.map(
    (entry, at) => entry * Math.sqrt(Math.sqrt(Math.max(0, values[Math.floor(at / size)]))),
  )
  // V diag(√λ) Vᵀ, of which `scaled` has the rows √√λ·v.
  const root = new Float64Array(size * size)
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) root[i * size + j] += scaled[k * size + i] * scaled[k * size + j]
  return root
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const c = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]
      for (let j = 0; j < size; j++) c[i * size + j] += factor * b[k * size + j]
    }
  return c
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0
  for (let at = 0; at < matrix.length; at += size + 1) sum += matrix[at]
  return sum
}
