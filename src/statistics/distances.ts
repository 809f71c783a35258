import { sumOf } from '../base/math/sums.ts'

/**
 * Largest difference of two empirical distribution functions in parts of 1/(n·m), so that it is compared without rounding;
 * 0 where a sample is empty. Smirnov 1939.
 */
export function widestStep(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [left, right] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()]
  const [n, m] = [left.length, right.length]
  let widest = 0
  for (let i = 0, j = 0; i < n && j < m; ) {
    const value = Math.min(left[i], right[j])
    while (i < n && left[i] === value) i++
    while (j < m && right[j] === value) j++
    widest = Math.max(widest, Math.abs(i * m - j * n))
  }
  return widest
}

/** ½ Σ |p − q| of shares from counts of the same levels, from 0 to 1; 1 where only one of both has any. */
export function totalVariation(a: Float64Array, b: Float64Array): number {
  const [totalA, totalB] = [sumOf(a), sumOf(b)]
  if (totalA === 0 || totalB === 0) return totalA === totalB ? 0 : 1
  return sumOf(a.map((count, level) => Math.abs(count / totalA - b[level] / totalB))) / 2
}
