import { covariance, eigen, type Matrix, multiply, transpose } from '../../src/base/math/linear-algebra.ts'
import { centered } from '../../src/base/math/variance.ts'
import { type Dataset, datasetOf } from '../../src/inside.ts'
import { arrayOf, normals, randomBasis, rounded } from '../../src/reproduce/factor-model.ts'

/** Rows of mean 0 whose covariance has exactly these eigenvalues, but for rounding to float32. */
export function rowsWithSpectrum(rows: number, eigenvalues: readonly number[], seed: number): Matrix {
  const drawn = transpose(
    transpose(normals(rows, eigenvalues.length, seed)).map((column) => [...centered(column)]),
  )
  const { values, vectors } = eigen(covariance(drawn))
  const white = multiply(drawn, transpose(vectors)).map((row) => row.map((x, i) => x / Math.sqrt(values[i])))
  const spread = white.map((row) => row.map((x, i) => x * Math.sqrt(eigenvalues[i])))
  return rounded(multiply(spread, randomBasis(eigenvalues.length, seed + 1)))
}

export const datasetFrom = (rows: Matrix): Dataset => datasetOf(arrayOf(rows), { name: 'factors' })
