import type { ColumnSummary } from './tally/summary.ts'

/** Numbers that people write where nothing is known. */
const USUAL =
  /^-?(?:9{2,10}(?:\.9+)?|8{3,8}|7{3,8})$|^-1$|^(?:-32768|32767|-2147483648|2147483647|-3276\.8|3276\.7)$|^-?1e\+?(?:20|30)$/
/** How much farther such a number lies from the rest than the rest is wide; −1 only below what is never negative. */
const FAR = 1
const LEAST_TIMES = 2
const MOST_SHARE = 0.9

/** A number that lies far from the rest of its column and may stand for missing. */
export interface Sentinel {
  readonly value: number
  /** How many of the sampled numbers it is. */
  readonly count: number
  readonly low: number
  readonly high: number
}

/** Whether the rest of a column makes a number a strange one. */
function isFar(value: number, rest: Float64Array): boolean {
  const [low, high] = [rest[0], rest[rest.length - 1]]
  const away = value < low ? low - value : value - high
  if (value === -1) return low >= 0 && high > 1 && (!rest.every(Number.isInteger) || low > 9)
  return away > FAR * (high - low) && away > 0
}

function atEnd(sample: Float64Array, isLow: boolean): { sentinel?: Sentinel; rest: Float64Array } {
  const value = isLow ? sample[0] : sample[sample.length - 1]
  const first = sample.indexOf(value)
  const last = sample.lastIndexOf(value)
  const rest = isLow ? sample.subarray(last + 1) : sample.subarray(0, first)
  const count = last - first + 1
  if (!USUAL.test(String(value)) || count < LEAST_TIMES || count > MOST_SHARE * sample.length)
    return { rest: sample }
  if (rest.length < 3 || rest[0] === rest[rest.length - 1]) return { rest: sample }
  return { sentinel: { value, count, low: rest[0], high: rest[rest.length - 1] }, rest }
}

/** Numbers of a column that may stand for missing, such as −999 among temperatures. */
export function sentinelsOf({ numbers: { sample } }: ColumnSummary): readonly Sentinel[] {
  const found: Sentinel[] = []
  let rest = sample
  for (const isLow of [true, false, true, false]) {
    if (rest.length < 3) break
    const { sentinel, rest: others } = atEnd(rest, isLow)
    if (sentinel !== undefined) found.push(sentinel)
    rest = others
  }
  return found
    .filter(({ value }) => isFar(value, rest))
    .map((one) => ({ ...one, low: rest[0], high: rest[rest.length - 1] }))
}
