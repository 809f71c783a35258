import { fail } from '../../base/errors.ts'
import type { Feeds } from '../../engine/engine.ts'
import { type Calibration, calibrationOf, conformalThreshold } from '../../statistics/anomaly/conformal.ts'
import { SERIES } from './windows/kept.ts'

/** Name under which a model of a table keeps what rows that were held out from training score [rows]. */
export const HELD_OUT_SCORES = 'rows.scores'

/** Name under which a model of a table keeps what training rows score, up to 2,000 of them [rows]. */
export const TRAINED_SCORES = 'odd.scores'

/**
 * What rows are compared with: scores of held-out rows, the share of normal rows that may be flagged, or the score above
 * which rows are flagged. @inline
 */
export interface Usual {
  readonly calibration?: Calibration
  readonly falseAlarm?: number
  readonly threshold?: number
}

/** Names of what is usual, of rows that are scored among all others and of rows that are scored as they come. */
const keptNames = (isLive: boolean) =>
  isLive
    ? { heldOut: SERIES.liveHeldOut, trained: SERIES.liveTrained, block: SERIES.liveBlock }
    : { heldOut: HELD_OUT_SCORES, trained: TRAINED_SCORES, block: SERIES.block }

/** The scores of held-out rows that a model keeps; undefined where none were held out, or it is of an earlier version. */
export function keptCalibration(values: Feeds, isLive = false): Calibration | undefined {
  const names = keptNames(isLive)
  const kept = values[names.heldOut]
  return kept && calibrationOf(kept.data, values[names.block]?.data[0])
}

/** A share of normal rows that may be flagged, refused where so few rows were held out that it cannot be promised. */
export function promised(falseAlarm: number, calibration: Calibration | undefined): Usual {
  const known = calibration ?? calibrationOf([])
  conformalThreshold(known, falseAlarm)
  return { calibration: known, falseAlarm }
}

/** What a caller may want of flags: one of the two. @inline */
export interface FlagRule {
  /** Share of normal rows that may be flagged. */
  readonly falseAlarm?: number
  /** Share of rows that are expected to be anomalies. */
  readonly contamination?: number
}

/**
 * The score above which the expected share of training rows lies; of models without detectors, of held-out rows.
 *
 * Errors, usage: `anomaly/contamination`; `anomaly/calibration-empty` where a model keeps neither.
 */
export function expectedThreshold(values: Feeds, contamination: number, isLive = false): number {
  if (!(contamination > 0 && contamination <= 0.5))
    fail({
      code: 'anomaly/contamination',
      seen: `a share of anomalies of ${contamination}`,
      wanted: 'a number in the range (0, 0.5]',
      fix: 'give the share of rows that you expect to be anomalies, such as 0.05',
      usage: true,
    })
  const { heldOut, trained } = keptNames(isLive)
  const { ascending } = calibrationOf((values[trained] ?? values[heldOut])?.data ?? [])
  return ascending[Math.max(0, ascending.length - 1 - Math.round(contamination * ascending.length))]
}

/** Both are thresholds of one score, so only one can hold. Error, usage: `anomaly/two-thresholds`. */
export function onlyOne({ falseAlarm, contamination }: FlagRule): void {
  if (falseAlarm !== undefined && contamination !== undefined)
    fail({
      code: 'anomaly/two-thresholds',
      seen: `a false-alarm rate of ${falseAlarm} and a share of anomalies of ${contamination}`,
      wanted: 'one of the two',
      fix: 'drop one of them',
      usage: true,
    })
}
