import { distanceOf, fitOf, rangeOf, seenAsIs } from './distances.ts'
import type { FaultOf } from './fault.ts'

/** Rows of a spike, and of a stretch that is odd because of one, at most. */
const LONGEST = 2
const MOST_ROWS = 12
/** The share of the squared distance that they take away. */
const SHARE = 0.75

/** Few rows that stand out by themselves, and at most blame those beside them. */
export const spike: FaultOf = (suspect) => {
  const { from, to } = suspect.span
  const length = to - from
  if (length > MOST_ROWS) return undefined
  const windows = seenAsIs(suspect)
  const whole = distanceOf(windows)
  for (let rows = 1; rows <= Math.min(LONGEST, length); rows++) {
    let best = { row: -1, by: 0, taken: SHARE * whole }
    for (let row = 0; row + rows <= length; row++) {
      const { by, taken } = fitOf(windows, rangeOf(length, row, row + rows))
      if (taken >= best.taken) best = { row, by, taken }
    }
    const { row, by } = best
    if (row >= 0) return { fault: { kind: 'spike', by }, from: from + row, to: from + row + rows }
  }
  return undefined
}
