import { symmetricEigen } from '../../../base/math/symmetric-eigen.ts'
import type { Table } from './detector.ts'
import { type Standardization, standardizationOf, standardizeRows } from './standardize.ts'

const BLOCK = 256

/** The principal components of standardized columns, that is, of their correlations. */
export interface PrincipalComponents {
  readonly scaling: Standardization
  /** Variances along the components, greatest first. */
  readonly variances: Float64Array
  /** Directions as rows [width, width]. */
  readonly directions: Float64Array
}

export function principalComponentsOf(table: Table): PrincipalComponents {
  const scaling = standardizationOf(table)
  const { values, vectors } = symmetricEigen(correlationsOf(table, scaling), table.width)
  return { scaling, variances: values, directions: vectors }
}

function correlationsOf(table: Table, scaling: Standardization): Float64Array {
  const { count, width } = table
  const block = new Float64Array(BLOCK * width)
  const matrix = new Float64Array(width * width)
  for (let from = 0; from < count; from += BLOCK) {
    const rows = standardizeRows(table, scaling, from, block)
    for (let at = 0; at < rows * width; at += width)
      for (let i = 0; i < width; i++) {
        const share = block[at + i] / count
        for (let j = 0; j <= i; j++) matrix[i * width + j] += share * block[at + j]
      }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) matrix[j * width + i] = matrix[i * width + j]
  return matrix
}

/** Of each row, the sum of the squares of its standardized form along some directions [directions, width]. */
export function squaresAlong(directions: Float64Array, scaling: Standardization, table: Table): Float64Array {
  const { count, width } = table
  const block = new Float64Array(BLOCK * width)
  const sums = new Float64Array(count)
  for (let from = 0; from < count; from += BLOCK) {
    const rows = standardizeRows(table, scaling, from, block)
    for (let row = 0; row < rows; row++)
      for (let at = 0; at < directions.length; at += width) {
        let along = 0
        for (let column = 0; column < width; column++)
          along += directions[at + column] * block[row * width + column]
        sums[from + row] += along * along
      }
  }
  return sums
}
