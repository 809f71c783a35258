import { distanceOf, fitOf, rangeOf, seenAsIs } from './distances.ts'
import type { FaultOf } from './fault.ts'

const FEWEST = 3
/** The share of the squared distance that a constant takes away, and of the stretch that it lasts. */
const SHARE = 0.8
const LASTS = 0.6
/** Places that are tried for either end. */
const ENDS = 10

/** As expected, but for a constant, which begins and ends where it explains most. */
export const shift: FaultOf = (suspect) => {
  const { from, to } = suspect.span
  const length = to - from
  const fewest = Math.max(FEWEST, LASTS * length)
  if (length < fewest) return undefined
  const windows = seenAsIs(suspect)
  let best = { first: -1, end: 0, by: 0, taken: SHARE * distanceOf(windows) }
  const step = Math.max(1, Math.floor((length - fewest) / ENDS))
  for (let first = 0; length - first >= fewest; first += step)
    for (let end = length; end - first >= fewest; end -= step) {
      const { by, taken } = fitOf(windows, rangeOf(length, first, end))
      if (taken > best.taken) best = { first, end, by, taken }
    }
  const { first, end, by } = best
  return first < 0 ? undefined : { fault: { kind: 'shift', by }, from: from + first, to: from + end }
}
