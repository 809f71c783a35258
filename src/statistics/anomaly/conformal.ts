import { fail } from '../../base/errors.ts'
import { firstAtLeast } from '../../base/first-at-least.ts'
import { checkScores } from './scores.ts'

/** Scores of normal rows that the detector was not fitted to: what fresh rows are compared with. */
export interface Calibration {
  readonly ascending: Float64Array
  /** Rows that are odd together, on average, where rows are neighbors in time; default: 1. */
  readonly block?: number
}

/**
 * Sorts the scores of held-out normal rows, with which `pValue` and `conformalThreshold` compare others. For
 * rows in time, `block` says how many are odd together, on average. Errors: `anomaly/calibration-empty`,
 * `anomaly/score`.
 */
export function calibrationOf(scores: ArrayLike<number>, block = 1): Calibration {
  if (scores.length === 0)
    fail({
      code: 'anomaly/calibration-empty',
      seen: 'no calibration scores',
      wanted: 'scores of normal rows that were held out from training',
      fix: 'hold out some normal rows and score them',
    })
  checkScores(scores)
  return { ascending: Float64Array.from(scores).sort(), ...(block > 1 && { block }) }
}

/**
 * The conformal p-value of a score: (1 + #{calibration ≥ score}) / (n + 1). Where rows are odd b together it is
 * (b + #{calibration ≥ score}) / (n + b), as if the row came with its block. For a new normal row it is ≤ α with
 * probability at most α, whatever the distribution of the scores. Vovk et al. 2005; Laxhammar & Falkman 2010.
 *
 * That probability is over the draws of the calibration rows and of the new row, from one distribution. Error:
 * `anomaly/score`.
 */
export function pValue({ ascending, block = 1 }: Calibration, score: number): number {
  checkScores([score])
  return (block + (ascending.length - firstAtLeast(ascending, score))) / (ascending.length + block)
}

/**
 * The smallest threshold with a false-alarm rate of at most `alpha`: a row whose score is *above* it is an
 * anomaly, and those are exactly the rows of p-value ≤ α. It is the k-th greatest of n calibration scores, k the
 * greatest whole number with k / (n + 1) ≤ α; the rate of one calibration is a draw of Beta(k, n + 1 − k). Vovk
 * 2012; Bates et al. 2023.
 *
 * Errors: `anomaly/false-alarm`, `anomaly/calibration-size` where there are too few calibration scores for so
 * small an `alpha`.
 *
 * @example
 * ```ts
 * import { calibrationOf, conformalThreshold, pValue } from 'betavae/metrics'
 *
 * const calibration = calibrationOf(Float64Array.from({ length: 99 }, (_, i) => i / 99)) // of held-out normal rows
 * console.log(conformalThreshold(calibration, 0.05), pValue(calibration, 0.97))
 * ```
 */
export function conformalThreshold({ ascending, block = 1 }: Calibration, alpha: number): number {
  const count = ascending.length
  const flagged = flaggedOf(count, alpha, block)
  if (flagged === 0) {
    const needed = neededCalibration(alpha, block)
    fail({
      code: 'anomaly/calibration-size',
      seen: `${count} calibration scores for a false-alarm rate of ${alpha}`,
      wanted: `at least ${needed}`,
      fix: `hold out ${needed} or more normal rows, or ask for a rate of ${(block / (count + block)).toPrecision(2)} or more`,
      usage: true,
    })
  }
  return ascending[count - flagged]
}

/** How many calibration scores a false-alarm rate needs. Error: `anomaly/false-alarm`. */
export function neededCalibration(alpha: number, block = 1): number {
  const about = Math.max(1, Math.ceil(block / alpha - block) - 1)
  return [about, about + 1, about + 2].find((count) => flaggedOf(count, alpha, block) > 0) ?? about + 3
}

/** The greatest k with (b + k − 1) / (n + b) ≤ α, by the very comparison that p-values meet: α·(n + b) may round past it. */
function flaggedOf(count: number, alpha: number, block: number): number {
  if (!(alpha > 0 && alpha < 1))
    fail({
      code: 'anomaly/false-alarm',
      seen: `a false-alarm rate of ${alpha}`,
      wanted: 'a number in the range (0, 1)',
      fix: 'give the share of normal rows that may be flagged, such as 0.01',
      usage: true,
    })
  const isMet = (flagged: number) => (block + (flagged - 1)) / (count + block) <= alpha
  const about = Math.max(0, Math.floor(alpha * (count + block) - block) + 1)
  if (isMet(about + 1)) return about + 1
  return about === 0 || isMet(about) ? about : about - 1
}
