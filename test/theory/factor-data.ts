import { fillNormal, streams } from '../../src/base/random.ts'
import { type Dataset, datasetOf, type NDArray } from '../../src/index.ts'
import { centered, covariance, eigen, type Matrix, multiply, transpose } from './linear-algebra.ts'

/** Standard normal numbers. */
export function normals(rows: number, columns: number, seed: number): number[][] {
  const drawn = fillNormal(new Float32Array(rows * columns), { seed, stream: streams.evaluation, step: 0 })
  return Array.from({ length: rows }, (_, i) => [...drawn.subarray(i * columns, (i + 1) * columns)])
}

/** An orthonormal basis that favors no axis; rows are its vectors. */
export const randomBasis = (size: number, seed: number): Matrix =>
  eigen(covariance(normals(2 * size, size, seed))).vectors

interface Factors {
  readonly rows: number
  readonly size: number
  /** Of each factor's direction. */
  readonly lengths: readonly number[]
  readonly sigma: number
  readonly offset: number
  readonly seed: number
}

/** Draws from a factor model, x = Wz + offset + σ·noise with z ~ N(0, I), the columns of W orthogonal. */
export function factorRows({ rows, size, lengths, sigma, offset, seed }: Factors): Matrix {
  const directions = randomBasis(size, seed).slice(0, lengths.length)
  const weights = directions.map((direction, i) => direction.map((x) => lengths[i] * x))
  const noise = normals(rows, size, seed + 1)
  const clean = multiply(normals(rows, lengths.length, seed + 2), weights)
  return rounded(clean.map((row, n) => row.map((x, i) => x + offset + sigma * noise[n][i])))
}

/** Rows of mean 0 whose covariance has exactly these eigenvalues, but for rounding to float32. */
export function rowsWithSpectrum(rows: number, eigenvalues: readonly number[], seed: number): Matrix {
  const drawn = centered(normals(rows, eigenvalues.length, seed))
  const { values, vectors } = eigen(covariance(drawn))
  const white = multiply(drawn, transpose(vectors)).map((row) => row.map((x, i) => x / Math.sqrt(values[i])))
  const spread = white.map((row) => row.map((x, i) => x * Math.sqrt(eigenvalues[i])))
  return rounded(multiply(spread, randomBasis(eigenvalues.length, seed + 1)))
}

/** As a data set holds them. */
const rounded = (rows: Matrix): Matrix => rows.map((row) => row.map(Math.fround))

export const arrayOf = (rows: Matrix): NDArray<Float32Array> => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
})

export const datasetFrom = (rows: Matrix): Dataset => datasetOf(arrayOf(rows), { name: 'factors' })
