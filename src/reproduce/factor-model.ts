import type { NDArray } from '../base/arrays.ts'
import { covariance, eigen, type Matrix, multiply } from '../base/math/linear-algebra.ts'
import { fillNormal, streams } from '../base/random.ts'

/** Standard normal numbers. */
export function normals(rows: number, columns: number, seed: number): number[][] {
  const drawn = fillNormal(new Float32Array(rows * columns), { seed, stream: streams.evaluation, step: 0 })
  return Array.from({ length: rows }, (_, i) => [...drawn.subarray(i * columns, (i + 1) * columns)])
}

/** An orthonormal basis that favors no axis; rows are its vectors. */
export const randomBasis = (size: number, seed: number): Matrix =>
  eigen(covariance(normals(2 * size, size, seed))).vectors

export interface FactorModel {
  readonly rows: number
  readonly size: number
  /** Of each factor's direction. */
  readonly lengths: readonly number[]
  readonly sigma: number
  readonly offset: number
  readonly seed: number
}

/** Draws from a factor model, x = Wz + offset + σ·noise with z ~ N(0, I), the columns of W orthogonal. */
export function factorRows({ rows, size, lengths, sigma, offset, seed }: FactorModel): Matrix {
  const directions = randomBasis(size, seed).slice(0, lengths.length)
  const weights = directions.map((direction, i) => direction.map((x) => lengths[i] * x))
  const noise = normals(rows, size, seed + 1)
  const clean = multiply(normals(rows, lengths.length, seed + 2), weights)
  return rounded(clean.map((row, n) => row.map((x, i) => x + offset + sigma * noise[n][i])))
}

/** As a data set holds them: in float32. */
export const rounded = (rows: Matrix): Matrix => rows.map((row) => row.map(Math.fround))

export const arrayOf = (rows: Matrix): NDArray<Float32Array> => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
})
