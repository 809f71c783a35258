import { momentsOf } from '../moments.ts'
import type { DateReading } from './date-tally.ts'
import { dateReader } from './pattern.ts'

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

/** Numbers that are read as a clock and calendar show them, such as 20220909 and 20230115134500; years from 1800 to 2199. */
const WRITTEN = [
  ['YYYYMMDD', 1800_01_01, 2199_12_31],
  ['YYYYMMDDHH', 1900_01_01_00, 2099_12_31_23],
  ['YYYYMMDDHHmm', 1800_01_01_00_00, 2199_12_31_23_59],
  ['YYYYMMDDHHmmss', 1800_01_01_00_00_00, 2199_12_31_23_59_59],
] as const

/** Units since 1970, and milliseconds in each. */
const COUNTED = [
  ['X', 1000],
  ['x', 1],
  ['u', 1e-3],
] as const

/** A pattern whose dates are numbers. */
const NUMERIC = /^(?:X(?:\.SSS)?|x|u|YYYYMMDD(?:HH(?:mm(?:ss)?)?)?)$/
export const isNumericPattern = (pattern: string): boolean => NUMERIC.test(pattern)

/** Times of numbers of a pattern, where they are no texts; NaN for what is none. */
export function numericReader(pattern: string): (value: number) => number {
  const unit = COUNTED.find(([letter]) => pattern.startsWith(letter))
  if (unit !== undefined) return (value) => value * unit[1]
  const read = dateReader({ pattern })
  return (value) => read(String(value))
}

function writtenDates(numbers: Numbers): DateReading | undefined {
  const { low, high, sample } = numbers
  const found = WRITTEN.find(([, least, most]) => low >= least && high <= most)
  const read = found && numericReader(found[0])
  return read && [low, high, ...sample].every((value) => !Number.isNaN(read(value)))
    ? reading(found[0], numbers, read)
    : undefined
}

/**
 * The numbers of a column as times: days such as 20220909, with hours, minutes and seconds or without, and seconds,
 * milliseconds or microseconds since 1970; undefined where they are none.
 */
export function numericDates(name: string, numbers: Numbers, isTold: boolean): DateReading | undefined {
  const { count, whole, low, high, sample } = numbers
  if (count === 0 || sample.length === 0) return undefined
  const written = whole ? writtenDates(numbers) : undefined
  if (written !== undefined) return written
  const [from, to] = isTimeName(name) || isTold ? [EARLY, LATE] : [RECENT, SOON]
  const least = isTold ? TOLD_EARLY : from
  const found = COUNTED.find(([, size]) => low * size >= least && high * size <= to)
  if (found === undefined || (!whole && found[0] !== 'X')) return undefined
  return reading(whole ? found[0] : 'X.SSS', numbers, numericReader(found[0]))
}

const YEAR = 366 * 86_400_000

/** Times of whole numbers that another source writes in place of dates: units since 1970, near the dates of a column. */
export function reachedTime(value: number, low: number, high: number): number {
  const reach = Math.max(high - low, YEAR)
  const times = COUNTED.map(([, size]) => value * size)
  const near = (time: number) => time >= Math.max(low - reach, TOLD_EARLY) && time <= high + reach
  return Number.isInteger(value) ? (times.find(near) ?? Number.NaN) : Number.NaN
}
