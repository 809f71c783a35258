/** As much linear algebra as closed forms need, in float64, on matrices of a few rows. */

import { dot } from './sums.ts'
import { symmetricEigen } from './symmetric-eigen.ts'
import { centered, innerProducts } from './variance.ts'

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[]

export const transpose = (m: Matrix): number[][] => m[0].map((_, column) => m.map((row) => row[column]))

export const multiply = (a: Matrix, b: Matrix): number[][] => {
  const columns = transpose(b)
  return a.map((row) => columns.map((column) => dot(row, column)))
}

/** Of the rows, divided by their number: the estimate of maximum likelihood. */
export function covariance(rows: Matrix): number[][] {
  const products = innerProducts(transpose(rows).map(centered))
  return matrixOf({
    data: products.map((entry) => entry / rows.length),
    shape: [rows[0].length, rows[0].length],
  })
}

/** An array [rows, columns] or [rows] as rows. */
export function matrixOf(array: {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
}): number[][] {
  const [rows, columns = 1] = array.shape
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => array.data[i * columns + j]),
  )
}

export interface Eigen {
  /** From the largest to the smallest. */
  readonly values: readonly number[]
  /** Of length 1, in the order of the values. */
  readonly vectors: Matrix
}

/** Eigenvalues and eigenvectors of a symmetric matrix. */
export function eigen(symmetric: Matrix): Eigen {
  const size = symmetric.length
  const { values, vectors } = symmetricEigen(Float64Array.from(symmetric.flat()), size)
  return { values: [...values], vectors: matrixOf({ data: vectors, shape: [size, size] }) }
}
