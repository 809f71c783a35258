import { columnsOf } from '../../base/math/columns.ts'
import { quantile } from '../../base/math/quantile.ts'
import { meanOf, rangeOf, sumOf } from '../../base/math/sums.ts'
import { nextTurn } from '../../base/yielding.ts'
import { type Discrete, factorsOf } from './information.ts'
import { defineMetric } from './metric.ts'

/** How much of a group's deviations must stay below: outliers are forgiven. */
const QUANTILE = 0.99

/**
 * Interventional robustness: how little a code moves while one factor is held and all others vary. Suter et al. 2019,
 * eq. 10, as disentanglement_lib computes it.
 *
 * For a code and a factor, 1 − (mean over levels of the 0.99 quantile of |z − E[z|level]|) / max |z − E[z]|; for a code
 * the best of its factors; the score weighs codes by their largest deviation. The rows of a level are the draws for it.
 * Constant codes count for nothing; where all are constant, the score is 0.
 */
export const irs = defineMetric({
  name: 'irs',
  title: 'IRS',
  summary: 'High where a code stays put when every factor but its own is changed.',
  citation: 'Suter et al. 2019, Robustly Disentangled Causal Mechanisms',
  better: 'larger',
  async compute(sample, { signal }) {
    const groups = factorsOf(sample).map(rowsByLevel)
    const perCode: number[] = []
    const weights: number[] = []
    for (const code of columnsOf(sample.codes, sample.codeSize)) {
      await nextTurn()
      signal?.throwIfAborted()
      const weight = largestDeviation(code)
      weights.push(weight)
      perCode.push(
        weight === 0 ? 0 : 1 - Math.min(...groups.map((levels) => movement(code, levels))) / weight,
      )
    }
    const total = sumOf(weights)
    const score = total === 0 ? 0 : sumOf(perCode.map((own, d) => own * weights[d])) / total
    return { score, perCode, activeCodes: weights.filter((weight) => weight > 0).length, rows: sample.count }
  },
})

/** The rows of each level of a factor. */
function rowsByLevel({ values, levels }: Discrete): Int32Array[] {
  const sizes = new Int32Array(levels)
  for (const level of values) sizes[level]++
  const groups = Array.from(sizes, (size) => new Int32Array(size))
  const filled = new Int32Array(levels)
  for (let row = 0; row < values.length; row++) groups[values[row]][filled[values[row]]++] = row
  return groups
}

/** max |z − E[z]|, and exactly 0 for a constant. */
function largestDeviation(code: Float64Array): number {
  const [low, high] = rangeOf(code)
  if (low === high) return 0
  const mean = meanOf(code)
  return Math.max(high - mean, mean - low)
}

/** Mean over levels of the quantile of a code's deviations from its mean in the level. */
function movement(code: Float64Array, levels: readonly Int32Array[]): number {
  return meanOf(
    levels.map((rows) => {
      const values = Float64Array.from(rows, (row) => code[row])
      const mean = meanOf(values)
      return quantile(values.map((value) => Math.abs(value - mean)).sort(), QUANTILE)
    }),
  )
}
