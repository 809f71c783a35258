import { widestStep } from '../../distances.ts'
import type { TwoSample } from './two-sample.ts'

/** Up to this many pairs of rows the p-value is exact; it takes as many steps. */
const MOST_EXACT = 1_000_000

/**
 * Two-sample Kolmogorov–Smirnov: the greatest distance between two empirical distribution functions, of samples that are
 * not empty.
 *
 * The p-value is exact up to a million pairs (Viehmann 2021, without ties; with ties it is conservative), then of the
 * limit distribution with the correction of Stephens 1970.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): TwoSample {
  const [n, m] = [a.length, b.length]
  const widest = widestStep(a, b)
  const pValue = n * m <= MOST_EXACT ? exactTail(n, m, widest) : limitTail(n, m, widest / (n * m))
  return { distance: widest / (n * m), pValue }
}

/**
 * The share of the paths from (0, 0) to (n, m) that are `widest` or more off the diagonal somewhere: going backwards, the
 * last step came from either side in proportion to the steps left.
 */
function exactTail(n: number, m: number, widest: number): number {
  const reached = new Float64Array(m + 1)
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= widest) reached[j] = 1
      else if (j > 0) reached[j] = (i * reached[j] + j * reached[j - 1]) / (i + j)
    }
  return reached[m]
}

/** 2·Σ (−1)ᵏ⁻¹·exp(−2k²λ²). */
function limitTail(n: number, m: number, distance: number): number {
  const root = Math.sqrt((n * m) / (n + m))
  const scaled = (root + 0.12 + 0.11 / root) * distance
  // Below this the sum is 1 to seven digits, and takes many terms to say so.
  if (scaled < 0.27) return 1
  let sum = 0
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * scaled) ** 2)
  return Math.min(1, Math.max(0, sum))
}
