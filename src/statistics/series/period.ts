/** The rhythm of a column: after how many rows it comes round. */

/** Rows that are looked at, at most: the last ones. */
const MOST_ROWS = 8192
/** A rhythm has come round so often at least, and is no longer than this. */
const OFTEN = 4
const LONGEST = 2000
const SHORTEST = 4
/** The autocorrelation of a rhythm after one round, and the least of it in between. */
const LEAST = 0.4
const DIP = 0.3
/** Of several rounds the first is taken that is nearly as like. */
const NEARLY = 0.9

/** The rows after which numbers come round, found in their autocorrelation; undefined where they have no rhythm. */
export function periodOf(numbers: Float64Array): number | undefined {
  const rows = numbers.subarray(Math.max(0, numbers.length - MOST_ROWS))
  const mean = rows.reduce((sum, x) => sum + x / rows.length, 0)
  const variance = rows.reduce((sum, x) => sum + (x - mean) ** 2 / rows.length, 0)
  const longest = Math.min(LONGEST, Math.floor(rows.length / OFTEN))
  if (!(variance > 0) || longest <= SHORTEST) return undefined
  const like = new Float64Array(longest + 1)
  for (let lag = 1; lag <= longest; lag++) {
    let sum = 0
    for (let at = lag; at < rows.length; at++) sum += (rows[at] - mean) * (rows[at - lag] - mean)
    like[lag] = sum / ((rows.length - lag) * variance)
  }
  const peaks: number[] = []
  let least = 1
  for (let lag = 1; lag < longest; lag++) {
    least = Math.min(least, like[lag])
    const isPeak = like[lag] > like[lag - 1] && like[lag] >= like[lag + 1]
    if (isPeak && lag >= SHORTEST && like[lag] >= LEAST && like[lag] - least >= DIP) peaks.push(lag)
  }
  const most = peaks.reduce((best, lag) => Math.max(best, like[lag]), 0)
  return peaks.find((lag) => like[lag] >= NEARLY * most)
}
