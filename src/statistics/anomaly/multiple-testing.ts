/**
 * Which rows to call anomalies, so that at most a share `rate` of them is expected to be normal. With the
 * p-values in ascending order these are all rows up to the last with p₍ᵢ₎ ≤ rate·i/m. Benjamini & Hochberg 1995;
 * it holds for conformal p-values of one calibration (Bates et al. 2023).
 *
 * Gives row numbers, ascending.
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from 'betavae/metrics'
 *
 * console.log(benjaminiHochberg([0.001, 0.8, 0.02, 0.3], 0.05)) // rows 0 and 2
 * ```
 */
export function benjaminiHochberg(pValues: ArrayLike<number>, rate: number): Uint32Array {
  const count = pValues.length
  const ascending = Float64Array.from(pValues).sort()
  const last = ascending.findLastIndex((p, i) => p <= (rate * (i + 1)) / count)
  const limit = last < 0 ? -1 : ascending[last]
  return Uint32Array.from({ length: count }, (_, row) => row).filter((row) => pValues[row] <= limit)
}

/** p-values adjusted so that those ≤ α are the ones that `benjaminiHochberg` selects at rate α: min over j ≥ i of m·p₍ⱼ₎/j. */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const count = pValues.length
  const adjusted = new Array<number>(count)
  const descending = [...pValues.keys()].sort((a, b) => pValues[b] - pValues[a])
  let least = 1
  descending.forEach((row, i) => {
    least = Math.min(least, (pValues[row] * count) / (count - i))
    adjusted[row] = least
  })
  return adjusted
}
