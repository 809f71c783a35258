import type { FaultOf, Suspect } from './fault.ts'

/** Rows of one value at least, and the share of a stretch that has it. */
const FEWEST = 4
const SHARE = 0.5
/** What is said to be the same differs by no more than this share of the column's spread. */
const SAME = 1e-4
/** Where values stay the same by chance as often as elsewhere, a run as long is rarer than this. */
const RARE = 1e-4

/** One value that does not change, where that is not usual. */
export const stuck: FaultOf = (suspect) => {
  const { span } = suspect
  const isSame = sameAsBefore(suspect)
  const rows = suspect.healed.length / suspect.series.width
  let best = { from: span.from, to: span.from + 1 }
  for (let from = span.from, to = from + 1; from < span.to; from = to, to++) {
    // What is stuck may have been so before it was odd, and still be so when it is not any more.
    if (from === span.from) while (from > 0 && isSame(from)) from--
    while (to < rows && isSame(to)) to++
    if (to - from > best.to - best.from) best = { from, to }
  }
  const length = best.to - best.from
  if (length < FEWEST || length < SHARE * (span.to - span.from)) return undefined
  let [stays, others] = [1, 2]
  for (let row = 1; row < rows; row++) {
    if (row >= best.from && row < best.to) continue
    others++
    if (isSame(row)) stays++
  }
  return (stays / others) ** (length - 1) < RARE ? { fault: { kind: 'stuck' }, ...best } : undefined
}

const sameAsBefore =
  ({ series: { data, known, width }, span: { column } }: Suspect) =>
  (row: number) => {
    const [at, before] = [row * width + column, (row - 1) * width + column]
    return known[at] === 1 && known[before] === 1 && Math.abs(data[at] - data[before]) <= SAME
  }
