import { columnsOf } from '../../base/math/columns.ts'
import { rangeOf } from '../../base/math/sums.ts'
import { centered, innerProducts } from '../../base/math/variance.ts'

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
    const [low, high] = rangeOf(column)
    return low < high
  })
  const size = varying.length
  const freedom = table.length / width - 1
  const matrix = innerProducts(varying.map(centered)).map((entry) => entry / freedom)
  const deviations = Float64Array.from({ length: size }, (_, i) => Math.sqrt(matrix[i * size + i]))
  return { size, matrix, deviations }
}
