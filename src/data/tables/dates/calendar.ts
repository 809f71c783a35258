/** Days and weeks of the Gregorian calendar as milliseconds since 1970 in UTC. */

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** What a date says; months and days from 1, parts that it does not say undefined. */
export interface DateFields {
  readonly year?: number
  readonly month?: number
  readonly day?: number
  /** ISO 8601 week of `year`, and its day, 1 for Monday. */
  readonly week?: number
  readonly weekday?: number
  readonly quarter?: number
  /** Milliseconds since 1970, where it says nothing else. */
  readonly since?: number
}

/** Midnight of a day; NaN where there is no such day. */
export function midnightOf(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : Number.NaN
}

/** 0 for Sunday to 6; 1 January 1970 was a Thursday. */
export const weekdayOf = (time: number): number => (((Math.floor(time / DAY) + 4) % 7) + 7) % 7

/** Monday of the ISO week that holds a time. */
export const mondayOf = (time: number): number => {
  const midnight = Math.floor(time / DAY) * DAY
  return midnight - ((weekdayOf(midnight) + 6) % 7) * DAY
}

/** Monday of the first ISO week of a year, which holds 4 January. */
const firstMonday = (year: number): number => mondayOf(midnightOf(year, 1, 4))

/** ISO 8601 year, week and day (1 for Monday) of a time. */
export function isoWeekOf(time: number): { year: number; week: number; weekday: number } {
  const monday = mondayOf(time)
  const year = new Date(monday + 3 * DAY).getUTCFullYear()
  return {
    year,
    week: 1 + Math.round((monday - firstMonday(year)) / (7 * DAY)),
    weekday: 1 + ((weekdayOf(time) + 6) % 7),
  }
}

/** When what a date names begins; NaN where there is no such day. Without a year it is 1 January 1970 and what has gone by since. */
export function beginningOf({ year, month, day, week, weekday, quarter, since = 0 }: DateFields): number {
  if (year === undefined) return since
  if (week !== undefined)
    return week <= 53 && (weekday ?? 1) >= 1 && (weekday ?? 1) <= 7
      ? firstMonday(year) + (7 * (week - 1) + (weekday ?? 1) - 1) * DAY
      : Number.NaN
  if (quarter !== undefined) return midnightOf(year, 3 * quarter - 2, 1)
  return midnightOf(year, month ?? 1, day ?? 1)
}

/** Two digits of a year as POSIX reads them: 69 to 99 are of the last century. */
export const fullYear = (two: number): number => (two < 69 ? 2000 : 1900) + two

/** Minutes ahead of UTC of a zone as it is written, such as ` UTC`, `Z`, `+02` or `-0330`. */
export function minutesAhead(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^ ?([+-])(\d\d)(?::?(\d\d))?$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
