import { distanceOf, fitOf, rangeOf, type Seen, seenAsIs } from './distances.ts'
import type { FaultOf } from './fault.ts'

const FEWEST = 3
/** The share of the squared distance that a constant takes away, and of the stretch that it lasts. */
const SHARE = 0.8
const LASTS = 0.6
/** Places that are tried for either end. */
const ENDS = 10

/** The part of a stretch in which a constant takes most away. */
export function bestRange(
  windows: readonly Seen[],
  length: number,
): { readonly first: number; readonly end: number; readonly by: number; readonly taken: number } {
  const fewest = Math.max(FEWEST, LASTS * length)
  let best = { first: -1, end: 0, by: 0, taken: 0 }
  const step = Math.max(1, Math.floor((length - fewest) / ENDS))
  for (let first = 0; length - first >= fewest; first += step)
    for (let end = length; end - first >= fewest; end -= step) {
      const { by, taken } = fitOf(windows, rangeOf(length, first, end))
      if (taken > best.taken) best = { first, end, by, taken }
    }
  return best
}

/** As expected, but for a constant, which begins and ends where it explains most. */
export const shift: FaultOf = (suspect) => {
  const { from, to } = suspect.span
  const windows = seenAsIs(suspect)
  const { first, end, by, taken } = bestRange(windows, to - from)
  const isShift = first >= 0 && taken >= SHARE * distanceOf(windows)
  return isShift ? { fault: { kind: 'shift', by }, from: from + first, to: from + end } : undefined
}
