/** Small symmetric matrices, row-major in Float64Arrays. */

/** The lower triangle L with L·Lᵀ = `matrix`, which must be positive definite; zeros above. */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) factor[row * size + column] = matrix[row * size + column]
  factorize(factor, size)
  return factor
}

/** The same in place; what stands above the diagonal is neither read nor changed. */
export function factorize(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let left = matrix[row * size + column]
      for (let k = 0; k < column; k++) left -= matrix[row * size + k] * matrix[column * size + k]
      matrix[row * size + column] = row === column ? Math.sqrt(left) : left / matrix[column * size + column]
    }
}

/** Solves L·y = b in place. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let left = b[row]
    for (let k = 0; k < row; k++) left -= factor[row * size + k] * b[k]
    b[row] = left / factor[row * size + row]
  }
}

/** Solves Lᵀ·y = b in place. */
export function solveLowerTransposed(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
    let left = b[row]
    for (let k = row + 1; k < size; k++) left -= factor[k * size + row] * b[k]
    b[row] = left / factor[row * size + row]
  }
}

/** ½ log |L·Lᵀ|. */
export function halfLogDeterminant(factor: Float64Array, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k++) sum += Math.log(factor[k * size + k])
  return sum
}

/** The trace of (L·Lᵀ)⁻¹, which is the sum of squares of L⁻¹. */
export function inverseTrace(factor: Float64Array, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k++) {
    const column = new Float64Array(size)
    column[k] = 1
    solveLower(factor, size, column)
    for (const entry of column) sum += entry * entry
  }
  return sum
}
