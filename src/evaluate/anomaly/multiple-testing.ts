/**
 * Rows that may be called anomalies so that at most a share `rate` of them is expected to be normal: all up to the
 * greatest p₍ᵢ₎ ≤ rate·i/m. Benjamini & Hochberg 1995; it holds for conformal p-values of one calibration (Bates et al.
 * 2023).
 *
 * Ascending row numbers.
 */
export function benjaminiHochberg(pValues: ArrayLike<number>, rate: number): Uint32Array {
  const count = pValues.length
  const ascending = Float64Array.from(pValues).sort()
  const last = ascending.findLastIndex((p, i) => p <= (rate * (i + 1)) / count)
  const limit = last < 0 ? -1 : ascending[last]
  return Uint32Array.from({ length: count }, (_, row) => row).filter((row) => pValues[row] <= limit)
}

/**
 * p-values adjusted so that refusing those ≤ α is wrong anywhere with probability at most α, however they depend on each
 * other. Holm 1979.
 */
export function holm(pValues: readonly number[]): number[] {
  const count = pValues.length
  const adjusted = new Array<number>(count)
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b])
  let greatest = 0
  order.forEach((row, i) => {
    greatest = Math.max(greatest, Math.min(1, pValues[row] * (count - i)))
    adjusted[row] = greatest
  })
  return adjusted
}
