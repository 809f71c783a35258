/**
 * Symmetric positive definite matrices whose entries further than `band` from the diagonal are 0, in Float64Arrays: row i
 * holds its entries i − band … i, so that entry (i, j) lies at i · (band + 1) + j − i + band.
 */
export interface Banded {
  readonly size: number
  readonly band: number
  readonly data: Float64Array
}

export const newBanded = (size: number, band: number): Banded => ({
  size,
  band,
  data: new Float64Array(size * (band + 1)),
})

/** Puts the lower Cholesky factor in a matrix's place. */
export function factorizeBanded({ size, band, data }: Banded): void {
  const line = (row: number) => row * band + band
  for (let i = 0; i < size; i++)
    for (let j = Math.max(0, i - band); j <= i; j++) {
      let left = data[line(i) + j]
      for (let k = Math.max(0, i - band); k < j; k++) left -= data[line(i) + k] * data[line(j) + k]
      data[line(i) + j] = i === j ? Math.sqrt(left) : left / data[line(j) + j]
    }
}

/** Solves L·y = b in place. */
export function solveBanded({ size, band, data }: Banded, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const line = i * band + band
    for (let j = Math.max(0, i - band); j < i; j++) b[i] -= data[line + j] * b[j]
    b[i] /= data[line + i]
  }
}

/** Solves Lᵀ·y = b in place. */
export function solveBandedTransposed({ size, band, data }: Banded, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const line = i * band + band
    b[i] /= data[line + i]
    for (let j = Math.max(0, i - band); j < i; j++) b[j] -= data[line + j] * b[i]
  }
}

/** The diagonal of (L·Lᵀ)⁻¹, from its entries within the band alone. Takahashi et al. 1973. */
export function bandedVariances({ size, band, data }: Banded): Float64Array {
  const inverse = newBanded(size, band).data
  const at = (i: number, j: number) => (i > j ? i * band + band + j : j * band + band + i)
  for (let i = size - 1; i >= 0; i--) {
    const last = Math.min(size - 1, i + band)
    const own = data[at(i, i)]
    for (let j = last; j >= i; j--) {
      let sum = j === i ? 1 / own : 0
      for (let k = i + 1; k <= last; k++) sum -= data[at(k, i)] * inverse[at(k, j)]
      inverse[at(i, j)] = sum / own
    }
  }
  return Float64Array.from({ length: size }, (_, i) => inverse[at(i, i)])
}
