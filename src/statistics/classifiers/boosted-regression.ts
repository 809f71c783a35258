import { meanOf } from '../../base/math/sums.ts'
import { varianceOf } from '../../base/math/variance.ts'
import { type BoostingOptions, boost } from './boosting.ts'
import type { LeafRule } from './regression-tree.ts'

export interface RegressedRows {
  /** `[count, width]`. */
  readonly rows: Float64Array
  readonly width: number
  /** `[count]`. */
  readonly targets: Float64Array
}

/** A fitted sum of trees. */
export interface BoostedRegression {
  /** What it says of rows [count, width]. */
  values(rows: Float64Array): Float64Array
}

const meanResidual: LeafRule = ({ count, residuals }) => residuals / count

/**
 * Gradient-boosted trees for numbers, as scikit-learn's `GradientBoostingRegressor()`. Friedman 2001, algorithm 2.
 *
 * Targets are learned in standard deviations, so that their unit does not matter. Throws the signal's reason.
 */
export async function fitBoostedRegression(
  { rows, width, targets }: RegressedRows,
  options: BoostingOptions,
): Promise<BoostedRegression> {
  const mean = meanOf(targets)
  const deviation = Math.sqrt(varianceOf(targets)) || 1
  const { scores } = await boost(
    {
      rows,
      width,
      start: [0],
      leaf: meanResidual,
      residuals: (raw, out) => {
        for (let row = 0; row < targets.length; row++) out[row] = (targets[row] - mean) / deviation - raw[row]
      },
    },
    options,
  )
  return { values: (asked) => scores(asked).map((score) => mean + deviation * score) }
}
