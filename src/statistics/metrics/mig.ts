import { meanOf } from '../../base/math/sums.ts'
import { binnedCodes, entropy, factorsOf, informationMatrix } from './information.ts'
import { defineMetric } from './metric.ts'

/**
 * Mutual information gap: mean over factors of (I₁ − I₂) / H(factor), I₁ and I₂ being the largest mutual information
 * that one code has with the factor, and the next. Chen et al. 2018, eq. 6.
 *
 * Codes in 20 bins of equal width, over all rows. Where there is one code alone, I₂ is 0.
 */
export const mig = defineMetric({
  name: 'mig',
  title: 'MIG',
  summary: 'High where each factor is known to one code and to no other.',
  citation: 'Chen et al. 2018, Isolating Sources of Disentanglement in Variational Autoencoders',
  better: 'larger',
  async compute(sample, { signal }) {
    const factors = factorsOf(sample)
    const information = await informationMatrix(binnedCodes(sample), factors, signal)
    const entropies = factors.map(entropy)
    const perFactor = entropies.map((own, k) => {
      const [first, second = 0] = information.map((row) => row[k]).sort((a, b) => b - a)
      return (first - second) / own
    })
    return {
      score: meanOf(perFactor),
      perFactor,
      mutualInformation: information,
      entropy: entropies,
      rows: sample.count,
    }
  },
})
