import { momentsOf } from '../moments.ts'
import { midnightOf } from './calendar.ts'
import type { DateReading } from './date-tally.ts'

/** Names of columns in which numbers are times. */
const TIME_NAME =
  /(?:^|[^a-z])(?:time|date|epoch|unix|stamp|timestamp|datetime|ts|created|updated|modified|when|zeit|datum|fecha|data)(?:[^a-z]|$)|_at$|(?:[a-z](?:Time|Date|At|Stamp))$|timestamp|epoch/i

/** 1990 and 2100, in milliseconds: what epoch times are taken to lie between, where nothing else says so. */
const EARLY = 631_152_000_000
const LATE = 4_102_444_800_000
/** 1973: earlier times have too few digits to be any, whatever somebody says. */
const TOLD_EARLY = 100_000_000_000
/** 2000 and 2036: where they have to, whatever the column is called. */
const RECENT = 946_684_800_000
const SOON = 2_082_758_400_000

/** The numbers of a column, as far as this is about them. */
interface Numbers {
  readonly count: number
  readonly whole: boolean
  readonly low: number
  readonly high: number
  readonly sample: Float64Array
}

/** A day written as a number such as 20220909; NaN where it is none. */
export const dayOfNumber = (value: number): number =>
  value >= 1_000_01_01 && value <= 9_999_12_31
    ? midnightOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100)
    : Number.NaN

/** Whether a column's name says that it holds times. */
export const isTimeName = (name: string): boolean => TIME_NAME.test(name)

function reading(
  pattern: string,
  { count, low, high, sample }: Numbers,
  of: (value: number) => number,
): DateReading {
  const times = sample.map(of)
  return {
    ...{ order: 'said', format: { pattern }, count, low: of(low), high: of(high), ascending: false },
    ...{ moments: momentsOf(times), sample: times },
  }
}

/** The numbers of a column as times: days such as 20220909, seconds or milliseconds since 1970; undefined where they are none. */
export function numericDates(name: string, numbers: Numbers, isTold: boolean): DateReading | undefined {
  const { count, whole, low, high, sample } = numbers
  if (count === 0 || !whole || sample.length === 0) return undefined
  const isDay = (value: number) => !Number.isNaN(dayOfNumber(value))
  if (low >= 1800_01_01 && high <= 2199_12_31 && isDay(low) && isDay(high) && sample.every(isDay))
    return reading('YYYYMMDD', numbers, dayOfNumber)
  const named = isTimeName(name) || isTold
  const [from, to] = named ? [EARLY, LATE] : [RECENT, SOON]
  const least = isTold ? TOLD_EARLY : from
  if (low * 1000 >= least && high * 1000 <= to) return reading('X', numbers, (value) => value * 1000)
  if (low >= least && high <= to) return reading('x', numbers, (value) => value)
  return undefined
}
