import { columnsOf } from '../../base/math/columns.ts'
import { dot, meanOf } from '../../base/math/sums.ts'
import { rangeOf } from './discretize.ts'

/** Of the columns that vary; a constant one depends on nothing. */
export interface Covariance {
  readonly size: number
  /** `[size, size]`, with divisor n − 1. */
  readonly matrix: Float64Array
  readonly deviations: Float64Array
}

/** Covariance of those columns of a table [n, width] that vary. */
export function covarianceOf(table: Float64Array, width: number): Covariance {
  const varying = columnsOf(table, width).filter((column) => {
    const { low, high } = rangeOf(column)
    return low < high
  })
  const centered = varying.map((column) => {
    const mean = meanOf(column)
    return column.map((value) => value - mean)
  })
  const size = centered.length
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const entry = dot(centered[i], centered[j]) / (table.length / width - 1)
      matrix[i * size + j] = entry
      matrix[j * size + i] = entry
    }
  const deviations = Float64Array.from({ length: size }, (_, i) => Math.sqrt(matrix[i * size + i]))
  return { size, matrix, deviations }
}
