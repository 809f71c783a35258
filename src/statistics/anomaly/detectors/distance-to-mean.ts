import { defineDetector } from './detector.ts'
import { standardizationOf, standardizeRows } from './standardize.ts'

/**
 * Euclidean distance from the mean on standardized columns.
 *
 * The least that a detector must beat. PyOD's PCA with its defaults orders rows almost as this does: it sums distances to
 * the unit vectors of all components, and a row's own length is nearly all of each.
 */
export const distanceToMean = defineDetector({
  name: 'distanceToMean',
  title: 'distance to the mean',
  summary: 'High where the columns, each for itself, are far from their means.',
  paper: 'Zhao, Nasrullah & Li 2019 (PyOD), PCA',
  fit(table) {
    const scaling = standardizationOf(table)
    return (fresh) => {
      const row = new Float64Array(fresh.width)
      return Float64Array.from({ length: fresh.count }, (_, i) => {
        standardizeRows(fresh, scaling, i, row)
        return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
      })
    }
  },
})
