import { defineDetector } from './detector.ts'
import { principalComponentsOf, squaresAlong } from './principal-components.ts'

/** A column's own variance, and a little more: nothing is gained by a component that stands for a single column. */
const OF_ONE_COLUMN = 1 + 1e-6

/** Squared error of reconstruction from the components that explain more than a column does, on standardized columns. */
export const pcaReconstruction = defineDetector({
  name: 'pcaReconstruction',
  title: 'PCA reconstruction',
  summary: 'High where a row is far from the plane in which most of the variance lies.',
  paper: 'Jackson & Mudholkar 1979; components after Kaiser 1960',
  fit(table) {
    const { scaling, variances, directions } = principalComponentsOf(table)
    const kept = variances.filter((variance) => variance > OF_ONE_COLUMN).length
    const leftOut = directions.subarray(kept * table.width)
    return (fresh) => squaresAlong(leftOut, scaling, fresh)
  },
})
