import type { Feeds } from '../../engine/engine.ts'
import { type Calibration, calibrationOf, conformalThreshold } from '../../statistics/anomaly/conformal.ts'

/** Name under which a model of a table keeps what rows that were held out from training score [rows]. */
export const HELD_OUT_SCORES = 'rows.scores'

/** What rows are compared with: scores of held-out rows, and the share of normal rows that may be flagged. @inline */
export interface Usual {
  readonly calibration?: Calibration
  readonly falseAlarm?: number
}

/** The scores of held-out rows that a model keeps; undefined where none were held out, or it is of an earlier version. */
export function keptCalibration(values: Feeds): Calibration | undefined {
  const kept = values[HELD_OUT_SCORES]
  return kept && calibrationOf(kept.data)
}

/** A share of normal rows that may be flagged, refused where so few rows were held out that it cannot be promised. */
export function promised(falseAlarm: number, calibration: Calibration | undefined): Usual {
  const known = calibration ?? calibrationOf([])
  conformalThreshold(known, falseAlarm)
  return { calibration: known, falseAlarm }
}
