/** Dates, times of day and durations as a spreadsheet shows them, by the code of their format. */
import { dateSplitter, timeOf } from '../dates/split-date.ts'

const DAY = 86_400_000
/** Day 0 of the two ways in which spreadsheets count days. */
const BEGIN = Date.UTC(1899, 11, 30)
const BEGIN_1904 = Date.UTC(1904, 0, 1)
/** Before it a day is missing that Excel counts: 29 February 1900. */
const MARCH_1900 = 60

const TOKEN = /"([^"]*)"|\\(.)|\[(h+|m+|s+)\]|\[[^\]]*\]|[_*].?|(AM\/PM|A\/P)|(y+|m+|d+|h+|s+)(\.0+)?|(.)/gis
const LETTER = /[ymdhs]/i

/** A code without what stands in it as it is. */
const lettersOf = (code: string): string =>
  code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[_*]./gi, '')

/** Whether a format's code is one of dates or times. */
export const isTimeCode = (code: string): boolean => LETTER.test(lettersOf(code).replace(/General/gi, ''))

const isDateCode = (code: string): boolean => /[yd]|m{3}/i.test(lettersOf(code).replace(/AM\/PM|A\/P/gi, ''))
const isElapsedCode = (code: string): boolean => /\[(?:h+|m+|s+)\]/i.test(code)

interface Token {
  /** What the code says; a literal for what stands as it is. */
  readonly name: string
  readonly literal?: string
}

/** The first section's tokens, minutes told from months by what stands beside them. */
function tokensOf(code: string): Token[] {
  const all = [...code.split(';')[0].matchAll(TOKEN)].flatMap(
    ([, quoted, escaped, , half, letters, fraction = '', other]): Token[] => {
      const literal = quoted ?? escaped ?? other
      if (literal !== undefined) return [{ name: '', literal }]
      if (half !== undefined) return [{ name: 'a' }]
      return letters === undefined ? [] : [{ name: letters.toLowerCase() + fraction }]
    },
  )
  const named = all.filter(({ name }) => name !== '' && name !== 'a')
  return all.map((token) => {
    if (!/^m{1,2}$/.test(token.name)) return token
    const at = named.indexOf(token)
    const isMinute = named[at - 1]?.name.startsWith('h') || named[at + 1]?.name.startsWith('s')
    return isMinute ? { name: token.name.replaceAll('m', 'n') } : token
  })
}

const two = (x: number): string => String(x).padStart(2, '0')
const named = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  date.toLocaleString('en-US', { timeZone: 'UTC', ...options })

/** What a token of a code is for a time; years have four digits, of which two would lose the century. */
function partOf(name: string, date: Date, isHalf: boolean): string {
  const [letters, fraction = ''] = name.split('.')
  const [day, month, hour] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCHours()]
  const twelve = isHalf ? hour % 12 || 12 : hour
  const size = letters.length
  const sized = (x: number) => (size > 1 ? two(x) : String(x))
  switch (letters.charAt(0)) {
    case 'y':
      return String(date.getUTCFullYear()).padStart(4, '0')
    case 'm':
      if (size < 3) return sized(month)
      return named(date, { month: size === 3 ? 'short' : 'long' })
    case 'd':
      if (size < 3) return sized(day)
      return named(date, { weekday: size === 3 ? 'short' : 'long' })
    case 'h':
      return sized(twelve)
    case 'n':
      return two(date.getUTCMinutes())
    case 's': {
      const rest =
        fraction === ''
          ? ''
          : `.${String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, fraction.length)}`
      return two(date.getUTCSeconds()) + rest
    }
    default:
      return hour < 12 ? 'AM' : 'PM'
  }
}

function shownBy(code: string): (time: number) => string {
  const tokens = tokensOf(code)
  const isHalf = tokens.some(({ name }) => name === 'a')
  return (time) => {
    const date = new Date(time)
    return tokens
      .map(({ name, literal }) => literal ?? partOf(name, date, isHalf))
      .join('')
      .trim()
  }
}

/** Hours, minutes and, where a format or a time has them, seconds. */
function durationText(days: number, hasSeconds: boolean): string {
  const size = Math.round(Math.abs(days) * DAY)
  const [minutes, rest] = [Math.floor(size / 60_000), size % 60_000]
  const milliseconds = rest % 1000
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`
  const seconds = hasSeconds || rest > 0 ? `:${two(Math.floor(rest / 1000))}${fraction}` : ''
  return `${days < 0 && size > 0 ? '-' : ''}${Math.floor(minutes / 60)}:${two(minutes % 60)}${seconds}`
}

/** Milliseconds since 1970 of a day as a spreadsheet counts them. */
function instantOf(days: number, is1904: boolean): number {
  const begin = is1904 ? BEGIN_1904 : BEGIN
  const time = begin + Math.round(days * DAY)
  return !is1904 && days >= 1 && days < MARCH_1900 ? time + DAY : time
}

/** By ISO 8601 with as much of a time as any of them has. */
function isoText(times: readonly number[], isClock: boolean): (time: number) => string {
  const are = (unit: number) => times.every((time) => time % unit === 0)
  const [begin, end] = isClock ? [11, are(1000) ? 19 : 23] : [0, are(DAY) ? 10 : undefined]
  return (time) => new Date(time).toISOString().slice(begin, end)
}

/** Whether texts say the same times and nothing else, with what is day and what is month by all of them. */
function areSaid(texts: readonly string[], times: readonly number[]): boolean {
  const split = dateSplitter()
  const dates = texts.map(split)
  const orders = (['said', 'dmy', 'mdy', 'ymd'] as const).filter((order) =>
    dates.every((date) => date?.orders.includes(order) && !Number.isNaN(timeOf(date, order))),
  )
  const [order] = orders
  return (
    orders.length === 1 && dates.every((date, at) => date !== undefined && timeOf(date, order) === times[at])
  )
}

/**
 * The texts of cells of one column and one format, numbers of days: as the format shows them where that says all of it,
 * else by ISO 8601.
 */
export function timeTexts(
  days: readonly number[],
  code: string,
  is1904: boolean,
): readonly (string | null)[] {
  const letters = lettersOf(code)
  if (isElapsedCode(code) || (!isDateCode(code) && days.some((day) => day < 0 || day >= 1)))
    return days.map((day) => durationText(day, /s/i.test(letters)))
  const isClock = !isDateCode(code)
  if (isClock && !/h/i.test(letters)) return days.map((day) => durationText(day, true))
  const times = days.map((day) => (isClock ? Math.round(day * DAY) % DAY : instantOf(day, is1904)))
  const isTime = (time: number) => Math.abs(time) <= 8.64e15
  const known = times.filter(isTime)
  const show = shownBy(code)
  if (areSaid(known.map(show), known)) return times.map((time) => (isTime(time) ? show(time) : null))
  const iso = isoText(known, isClock)
  return times.map((time) => (isTime(time) ? iso(time) : null))
}
