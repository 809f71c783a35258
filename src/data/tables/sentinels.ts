import { DAY } from './dates/calendar.ts'
import type { ColumnSummary } from './tally/summary.ts'

/** Numbers that people write where nothing is known; in surveys the last few of so many digits say why. */
const USUAL =
  /^-?(?:9{1,9}[6-9](?:\.9+)?|8{2,8}|7{2,8}|6{3,8})$|^-[1-9]$|^(?:-32768|32767|-2147483648|2147483647|-3276\.8|3276\.7)$|^-?1e\+?(?:20|30)$/
/** Codes below 0 that are none of a scale from 0 on, however wide that is. */
const SURVEY_CODE = -7
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
  if (value <= SURVEY_CODE && value >= -9 && low >= 0 && rest.every(Number.isInteger)) return true
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

/** Several codes lie beside each other: each end is looked at as often as surveys have codes. */
const ENDS = Array.from({ length: 10 }, (_, turn) => turn % 2 === 0)

/** Numbers of a column that may stand for missing, such as −999 among temperatures. */
export function sentinelsOf({ numbers: { sample } }: ColumnSummary): readonly Sentinel[] {
  const found: Sentinel[] = []
  let rest = sample
  for (const isLow of ENDS) {
    if (rest.length < 3) break
    const { sentinel, rest: others } = atEnd(rest, isLow)
    if (sentinel !== undefined) found.push(sentinel)
    rest = others
  }
  return found
    .filter(({ value }) => isFar(value, rest))
    .map((one) => ({ ...one, low: rest[0], high: rest[rest.length - 1] }))
}

/** Days that stand for none: where calendars and computers begin and end, and the last day of a far year. */
const STAND_IN =
  /^(?:0001|1[0-8]\d\d|19(?:0[014]|60|70|80)|[3-9]\d\d\d|2[1-9]\d\d)-01-01|^1899-12-3[01]|^1111-11-11|^(?:2[1-9]\d\d|20[5-9]9|[3-9]\d\d\d)-12-3[01]/
/** Those that nobody means, even once. */
const SURE = /^(?:0001|[3-9]\d\d\d)-/
/** How far from the others such a day lies at least. */
const TWO_YEARS = 731 * DAY

/** Dates that lie far from the rest and may stand for missing, such as 9999-12-31; of local times in any order. */
export function dateSentinelsOf(times: Float64Array): readonly Sentinel[] {
  const found: { readonly value: number; readonly count: number }[] = []
  let rest = times.toSorted()
  for (const isLow of ENDS) {
    const value = rest[isLow ? 0 : rest.length - 1]
    const others = rest.filter((time) => time !== value)
    const count = rest.length - others.length
    const day = new Date(value).toISOString()
    if (others.length < 3 || count > MOST_SHARE * times.length || !STAND_IN.test(day)) continue
    if (count < LEAST_TIMES && !SURE.test(day)) continue
    found.push({ value, count })
    rest = others
  }
  const [low, high] = [rest[0], rest[rest.length - 1]]
  const least = Math.max(TWO_YEARS, FAR * (high - low))
  return found
    .filter(({ value }) => Math.max(low - value, value - high) > least)
    .map((one) => ({ ...one, low, high }))
}
