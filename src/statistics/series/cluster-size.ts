/** Share of the scores that lie above the threshold, of few so many that there are some. */
const SHARE = 0.05
const MOST_SHARE = 0.2
const FEWEST = 40
/** Standard errors within which rows count as odd one by one: else chance would cost a part of what is promised. */
const ERRORS = 2

/**
 * How many rows are odd together, on average: the inverse of the extremal index, by the intervals between scores of a
 * stretch that lie above a threshold; 1 where they come one by one. Ferro & Segers 2003, eqs. 5–6.
 */
export function clusterSize(stretches: readonly ArrayLike<number>[]): number {
  const intervals = intervalsAbove(thresholdOf(stretches), stretches)
  if (intervals.length < 2) return 1
  const isLong = intervals.some((interval) => interval > 2)
  let [sum, squares] = [0, 0]
  for (const interval of intervals) {
    sum += isLong ? interval - 1 : interval
    squares += isLong ? (interval - 1) * (interval - 2) : interval ** 2
  }
  const index = squares > 0 ? (2 * sum ** 2) / (intervals.length * squares) : 1
  return index > 1 - ERRORS / Math.sqrt(intervals.length) ? 1 : 1 / index
}

function thresholdOf(stretches: readonly ArrayLike<number>[]): number {
  const all = stretches.flatMap((scores) => Array.from(scores)).sort((a, b) => a - b)
  const share = Math.min(MOST_SHARE, Math.max(SHARE, FEWEST / all.length))
  return all[Math.min(all.length - 1, Math.floor((1 - share) * all.length))]
}

function intervalsAbove(threshold: number, stretches: readonly ArrayLike<number>[]): number[] {
  const intervals: number[] = []
  for (const scores of stretches) {
    let last = -1
    for (let at = 0; at < scores.length; at++) {
      if (!(scores[at] > threshold)) continue
      if (last >= 0) intervals.push(at - last)
      last = at
    }
  }
  return intervals
}
