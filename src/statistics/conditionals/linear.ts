import { cholesky, solveLower } from '../../base/math/cholesky.ts'

/** Ridge, as a share of a standardized column's variance, that keeps equal columns apart. */
const RIDGE = 1e-6

/**
 * Of each column of numbers [columns][rows] the share of its variance that a weighed sum of the others tells, less what so
 * many would tell by chance: 1 − 1/(R⁻¹)ⱼⱼ of the matrix of correlations R. NaN is missing, and counts as the mean.
 */
export function toldByOthers(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length
  if (size < 2) return new Float64Array(size)
  const count = columns[0].length
  const units = columns.map(standardized)
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let row = 0; row < count; row++) sum += units[i][row] * units[j][row]
      matrix[i * size + j] = sum / count
      matrix[j * size + i] = sum / count
    }
    matrix[i * size + i] += RIDGE
  }
  const factor = cholesky(matrix, size)
  const free = Math.max(1, count - size) / Math.max(1, count - 1)
  return Float64Array.from({ length: size }, (_, at) => {
    const unit = new Float64Array(size)
    unit[at] = 1
    solveLower(factor, size, unit)
    const inverse = unit.reduce((sum, x) => sum + x * x, 0)
    return count > size ? 1 - 1 / inverse / free : 0
  })
}

function standardized(numbers: Float64Array): Float64Array {
  const known = numbers.filter((x) => !Number.isNaN(x))
  const mean = known.reduce((sum, x) => sum + x / known.length, 0)
  const scale = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2 / known.length, 0))
  return numbers.map((x) => (scale > 0 && !Number.isNaN(x) ? (x - mean) / scale : 0))
}
