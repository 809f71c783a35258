import { dot, meanOf } from './sums.ts'

/** Numbers less their mean. */
export function centered(numbers: ArrayLike<number>): Float64Array {
  const mean = meanOf(numbers)
  return Float64Array.from(numbers, (x) => x - mean)
}

/** Σ (x − mean)². */
export function squaredDeviations(numbers: ArrayLike<number>): number {
  const mean = meanOf(numbers)
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] - mean) ** 2
  return sum
}

/** With divisor n: the estimate of maximum likelihood. */
export const varianceOf = (numbers: ArrayLike<number>): number => squaredDeviations(numbers) / numbers.length

/** With divisor n − 1: the unbiased estimate. */
export const sampleVarianceOf = (numbers: ArrayLike<number>): number =>
  squaredDeviations(numbers) / (numbers.length - 1)

/** All inner products of some columns [columns × columns]; of centered ones, n times their covariance. */
export function innerProducts(columns: readonly ArrayLike<number>[]): Float64Array {
  const size = columns.length
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = dot(columns[i], columns[j])
      matrix[j * size + i] = matrix[i * size + j]
    }
  return matrix
}
