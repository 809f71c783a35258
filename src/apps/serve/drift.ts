import { distanceOf, type SeenRows, type ServedFacts } from '../../inside.node.ts'
import type { Drift } from './schemas.ts'

/** A distance under this is nothing that anybody would act on. */
const LEAST = 0.1
/** Rows without which nothing is said. */
const ENOUGH = 200
/** Rows of training that a column's spread is known by: its quantiles. */
const KNOTS = 256

/**
 * Whether a distance of two samples is more than chance: above √(−ln(α/2)/2 · (1/n + 1/m)) for an α of 0.001
 * (Smirnov 1939), and large enough to matter.
 */
const isMore = (distance: number, rows: number, others: number): boolean =>
  distance > Math.max(LEAST, 1.95 * Math.sqrt(1 / Math.max(1, rows) + 1 / Math.max(1, others)))

/** What the last scored rows differ in from those that the model knows. */
export function driftOf({ columns = [], heldOut, expectedP }: ServedFacts, seen: SeenRows): Drift {
  const { rows, p, flagged, missing, unread, parts } = seen
  const isEnough = rows >= ENOUGH
  const distance = expectedP && distanceOf(p, expectedP)
  return {
    rows,
    enough: ENOUGH,
    ...(distance !== undefined && { distance }),
    drifted: isEnough && distance !== undefined && isMore(distance, rows, heldOut),
    flagged: flagged / Math.max(1, rows),
    columns: columns.map(({ name, missing: missingInTraining, expected }, at) => {
      const counts = parts[at]
      const known = rows - missing[at]
      const own = counts && expected && known > 0 ? distanceOf(counts, expected) : undefined
      const share = missing[at] / Math.max(1, rows)
      return {
        name,
        ...(own !== undefined && { distance: own }),
        missing: share,
        missingInTraining,
        unread: unread[at] / Math.max(1, rows),
        drifted:
          isEnough &&
          ((own !== undefined && isMore(own, known, KNOTS)) || Math.abs(share - missingInTraining) > LEAST),
      }
    }),
  }
}
