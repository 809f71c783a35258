import { distanceOf, fitOf, fitOfBoth, rangeOf, seenAsIs } from './distances.ts'
import type { FaultOf } from './fault.ts'
import { bestRange } from './shift.ts'

const FEWEST = 6
/** The share of the squared distance that a line takes away, and that it takes more than a constant does. */
const SHARE = 0.8
const MORE = 0.04
/** How far off its beginning is at most, beside its end. */
const BEGINS = 0.5

/** As expected, but for what grows from row to row; it began where its line was at nothing. */
export const trend: FaultOf = (suspect) => {
  const { from, to } = suspect.span
  const length = to - from
  if (length < FEWEST) return undefined
  const windows = seenAsIs(suspect)
  const line = Float64Array.from({ length }, (_, row) => row / (length - 1))
  const constant = rangeOf(length, 0, length)
  const { by, taken } = fitOfBoth(windows, constant, line)
  const whole = distanceOf(windows)
  if (taken < SHARE * whole || taken - fitOf(windows, constant).taken < MORE * whole) return undefined
  // A level that has moved within the stretch looks like a slope, too.
  if (taken < bestRange(windows, length).taken) return undefined
  const [begins, rises] = by
  const ends = begins + rises
  if (ends * rises <= 0 || Math.abs(begins) > BEGINS * Math.abs(ends)) return undefined
  const before = Math.max(0, Math.round(((length - 1) * begins) / rises))
  return { fault: { kind: 'trend', by: ends }, from: Math.max(0, from - Math.min(before, length)) }
}
