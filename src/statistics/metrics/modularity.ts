import { meanOf, sumOf } from '../../base/math/sums.ts'
import { binnedCodes, factorsOf, informationMatrix } from './information.ts'
import { defineMetric } from './metric.ts'

/**
 * Modularity: mean over codes of 1 − (ΣI² − max I²) / (max I²·(K − 1)), I being a code's mutual information with each of
 * K factors. Ridgeway & Mozer 2018, eq. 2.
 *
 * Codes in 20 bins of equal width, over all rows. A code that knows no factor counts 0; with a single factor, one that
 * knows it counts 1.
 */
export const modularity = defineMetric({
  name: 'modularity',
  title: 'Modularity',
  summary: 'High where each code knows one factor and no other.',
  citation: 'Ridgeway & Mozer 2018, Learning Deep Disentangled Embeddings with the F-Statistic Loss',
  better: 'larger',
  async compute(sample, { signal }) {
    const information = await informationMatrix(binnedCodes(sample), factorsOf(sample), signal)
    const perCode = information.map(modularityOf)
    return { score: meanOf(perCode), perCode, mutualInformation: information, rows: sample.count }
  },
})

function modularityOf(information: readonly number[]): number {
  const squares = information.map((own) => own ** 2)
  const largest = Math.max(...squares)
  if (largest === 0) return 0
  const others = sumOf(squares) - largest
  return 1 - others / (largest * Math.max(1, squares.length - 1))
}
