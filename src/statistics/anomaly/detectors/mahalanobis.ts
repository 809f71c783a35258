import { defineDetector } from './detector.ts'
import { principalComponentsOf, squaresAlong } from './principal-components.ts'

/** Components of less than this share of the greatest variance are rounding, or nothing varied along them. */
const LEAST_VARIANCE = 1e-9

/**
 * Squared Mahalanobis distance from the mean, Σ y²/λ over all principal components, major and minor. Shyu et al. 2003.
 */
export const mahalanobis = defineDetector({
  name: 'mahalanobis',
  title: 'Mahalanobis distance',
  summary: 'High where a row is far from the mean, measured by how the columns vary together.',
  paper: 'Shyu, Chen, Sarinnapakorn & Chang 2003',
  fit(table) {
    const { scaling, variances, directions } = principalComponentsOf(table)
    const rank = variances.findLastIndex((variance) => variance > LEAST_VARIANCE * variances[0]) + 1
    const whitening = directions
      .subarray(0, rank * table.width)
      .map((entry, at) => entry / Math.sqrt(variances[Math.floor(at / table.width)]))
    return (fresh) => squaresAlong(whitening, scaling, fresh)
  },
})
