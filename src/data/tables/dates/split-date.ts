import { beginningOf, type DateFields, fullYear, minutesAhead } from './calendar.ts'
import { type Layout, layouts } from './layouts.ts'
import { monthNamed, weekdayNamed } from './names.ts'

/** Which of two numbers is the day, or that a date says so itself. */
export const dateOrders = ['said', 'dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof dateOrders)[number]

/** A time of day as it is written. */
export interface ClockText {
  /** Milliseconds; NaN where there is no such time. */
  readonly time: number
  readonly hour: string
  /** Digits behind a second's point, −1 without seconds, −2 without a time. */
  readonly digits: number
  /** The point before them. */
  readonly point: string
  /** Half of the day as it is written, with what stands before it; empty where the day has 24 hours. */
  readonly half: string
  readonly isCompact: boolean
}

/** A date taken apart, before it is settled what is day and what is month. */
export interface DateText {
  readonly layout: Layout
  /** The texts of the layout's letters, in their order. */
  readonly parts: readonly string[]
  /** What stands between date and time. */
  readonly joint: string
  readonly clock: ClockText
  /** As it is written, with what stands before it; empty where none is. */
  readonly zone: string
  readonly orders: readonly DateOrder[]
}

const LONGEST = 48
const SHORTEST = 4
const CLOCK = /^(\d{1,2}):?(\d\d)(?::?(\d\d)(?:([.,])(\d+))?)?(?:( ?)([AaPp]\.?[Mm]\.?))?$/
const NO_CLOCK: ClockText = { time: 0, hour: '', digits: -2, point: '', half: '', isCompact: false }
const SAID: readonly DateOrder[] = ['said']
const DAY_AND_MONTH: readonly DateOrder[] = ['dmy', 'mdy']
/** Only a year of two digits may come first, and look like a day. */
const ANY: readonly DateOrder[] = ['dmy', 'mdy', 'ymd']

/** Takes a time of day apart. */
export function splitClock(text: string | undefined): ClockText {
  if (text === undefined) return NO_CLOCK
  const [, hours, minutes, seconds, point = '', fraction, gap = '', half] = CLOCK.exec(text) ?? []
  if (hours === undefined) return { ...NO_CLOCK, time: Number.NaN }
  const isAfternoon = half?.charAt(0).toLowerCase() === 'p'
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0)
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6)
  const isTime =
    hour < 24 &&
    Number(minutes) < 60 &&
    Number(seconds ?? 0) < 60 &&
    (half === undefined || Number(hours) < 13)
  return {
    time: isTime
      ? ((hour * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000 + milliseconds
      : Number.NaN,
    hour: hours,
    digits: seconds === undefined ? -1 : (fraction?.length ?? 0),
    point,
    half: half === undefined ? '' : gap + half,
    isCompact: !text.includes(':'),
  }
}

/** Whether the named parts of a date are names. */
const namesHold = ({ pieces }: Layout, parts: readonly string[]): boolean => {
  let at = 0
  for (const { letter } of pieces) {
    if (letter === undefined) continue
    if (letter === 'N' && monthNamed(parts[at]) < 0) return false
    if (letter === 'E' && weekdayNamed(parts[at]) < 0) return false
    at++
  }
  return true
}

function matched(layout: Layout, text: string): DateText | undefined {
  const found = layout.regex.exec(text)
  if (found === null) return undefined
  const letters = layout.pieces.filter(({ letter }) => letter !== undefined)
  const parts = found.slice(1, 1 + letters.length)
  if (!namesHold(layout, parts)) return undefined
  const own = letters.findIndex(({ letter }) => letter === 't')
  const [joint = '', clock, zone = ''] = layout.isOpen ? found.slice(1 + letters.length) : []
  const hasShortYear = letters.some(({ letter }) => letter === 'y')
  return {
    layout,
    parts,
    joint,
    clock: splitClock(own < 0 ? clock : parts[own]),
    zone,
    orders: !layout.isAmbiguous ? SAID : hasShortYear ? ANY : DAY_AND_MONTH,
  }
}

/** Takes dates apart, trying first the layout that was found last. */
export function dateSplitter(): (text: string) => DateText | undefined {
  let last: Layout = layouts[0]
  return (text) => {
    if (text.length > LONGEST) return undefined
    const trimmed = text.trim()
    if (trimmed.length < SHORTEST || !/\d/.test(trimmed)) return undefined
    const again = matched(last, trimmed)
    if (again !== undefined) return again
    for (const layout of layouts) {
      if (layout === last) continue
      const date = matched(layout, trimmed)
      if (date === undefined) continue
      last = layout
      return date
    }
    return undefined
  }
}

/** Day, month and year of two numbers and a year in an order. */
function inOrder(a: number, b: number, y: string, order: DateOrder): DateFields {
  const year = y.length === 2 ? fullYear(Number(y)) : Number(y)
  if (order === 'mdy') return { year, month: a, day: b }
  if (order === 'ymd') return { year: fullYear(a), month: b, day: Number(y) }
  return { year, month: b, day: a }
}

/** What the parts of a date say, read in this order. */
function fieldsOf({ layout, parts }: DateText, order: DateOrder): DateFields {
  const found: Record<string, string> = {}
  let at = 0
  for (const { letter } of layout.pieces) if (letter !== undefined) found[letter] = parts[at++]
  const { Y, y, M, D, A, B, N, W, d, Q, n } = found
  if (n !== undefined) return { since: Number(n) / 1e6 }
  if (A !== undefined) return inOrder(Number(A), Number(B), Y ?? y, order)
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  return {
    year: y === undefined ? number(Y) : fullYear(Number(y)),
    month: N === undefined ? number(M) : monthNamed(N) + 1,
    day: number(D),
    week: number(W),
    weekday: number(d),
    quarter: number(Q),
  }
}

/** Milliseconds since 1970 in UTC of a date read in this order; NaN where there is no such time. */
export function timeOf(date: DateText, order: DateOrder): number {
  if (!date.orders.includes(order)) return Number.NaN
  return beginningOf(fieldsOf(date, order)) + date.clock.time - minutesAhead(date.zone) * 60_000
}
