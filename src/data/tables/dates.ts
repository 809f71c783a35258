import * as z from 'zod'

/** In which order a date gives year, month and day; a month in letters needs none. */
export const dateOrders = ['ymd', 'dmy', 'mdy', 'named'] as const
export type DateOrder = (typeof dateOrders)[number]
export const clocks = ['none', 'minute', 'second', 'millisecond'] as const
export type Clock = (typeof clocks)[number]

/** How dates of a column are written; a month in letters is written back as a number. */
export const dateFormatSchema = z.strictObject({
  order: z.enum(dateOrders),
  separator: z.string(),
  /** What stands between date and time of day. */
  joint: z.string(),
  clock: z.enum(clocks),
  /** Distance from UTC as it is written, such as `Z` or `+02:00`; empty where none is. */
  zone: z.string(),
})
export type DateFormat = z.infer<typeof dateFormatSchema>

/** A date taken apart, before it is settled what is day and what is month. */
export interface DateText extends Omit<DateFormat, 'order'> {
  readonly parts: readonly [number, number, number]
  readonly orders: readonly DateOrder[]
  /** Time of day in milliseconds. */
  readonly time: number
  /** Minutes ahead of UTC. */
  readonly ahead: number
}

const LONGEST = 48
const CLOCK = String.raw`(?:([T ]) *(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?([AaPp][Mm])?)? ?(Z|[+-]\d\d:?\d\d)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${CLOCK}$`)
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${CLOCK}$`)
const MONTH_FIRST = new RegExp(String.raw`^([A-Za-z]{3,9})\.?([ -])(\d{1,2}),?[ -](\d{4})${CLOCK}$`)
const MONTH_SECOND = new RegExp(String.raw`^(\d{1,2})\.?([ -])([A-Za-z]{3,9})\.?[ -](\d{4})${CLOCK}$`)

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const monthOf = (name: string): number =>
  MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().replace(/^sept$/, 'sep'))) + 1

const MINUTE = 60_000
const DAY = 86_400_000

function clockOf([joint, hours, minutes, seconds, fraction, half, zone]: readonly (string | undefined)[]) {
  const hour = half === undefined ? Number(hours ?? 0) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  const time = hour * 60 * MINUTE + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * 1000 + milliseconds
  const clock: Clock =
    hours === undefined
      ? 'none'
      : seconds === undefined
        ? 'minute'
        : fraction === undefined
          ? 'second'
          : 'millisecond'
  const valid = hour < 24 && Number(minutes ?? 0) < 60 && Number(seconds ?? 0) < 60
  return {
    joint: joint ?? 'T',
    clock,
    zone: zone ?? '',
    ahead: minutesAhead(zone ?? ''),
    time: valid ? time : Number.NaN,
  }
}

/** Minutes ahead of UTC of a zone as it is written. */
export function minutesAhead(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** Takes a date apart: year first or last with -, / or ., or a month in letters; with or without time and zone. */
export function splitDate(text: string): DateText | undefined {
  if (text.length > LONGEST) return undefined
  const trimmed = text.trim()
  const numeric = YEAR_FIRST.exec(trimmed) ?? YEAR_LAST.exec(trimmed)
  if (numeric !== null) {
    const [, first, separator, second, third, ...clock] = numeric
    const orders: readonly DateOrder[] = first.length === 4 ? ['ymd'] : ['dmy', 'mdy']
    return { parts: [Number(first), Number(second), Number(third)], orders, separator, ...clockOf(clock) }
  }
  const monthFirst = MONTH_FIRST.exec(trimmed)
  const named = monthFirst ?? MONTH_SECOND.exec(trimmed)
  if (named === null) return undefined
  const [, first, , second, year, ...clock] = named
  const [month, day] = monthFirst === null ? [second, first] : [first, second]
  return {
    parts: [Number(year), monthOf(month), Number(day)],
    orders: ['named'],
    separator: '-',
    ...clockOf(clock),
  }
}

/** Milliseconds since 1970 in UTC of a date read in this order; NaN where there is no such day. */
export function timeOf(
  { parts: [first, second, third], orders, time, ahead }: DateText,
  order: DateOrder,
): number {
  if (!orders.includes(order)) return Number.NaN
  const [year, month, day] =
    order === 'dmy'
      ? [third, second, first]
      : order === 'mdy'
        ? [third, first, second]
        : [first, second, third]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.getTime() + time - ahead * MINUTE : Number.NaN
}

const CLOCK_STEPS: Readonly<Record<Clock, number>> = {
  none: DAY,
  minute: MINUTE,
  second: 1000,
  millisecond: 1,
}
const CLOCK_ENDS: Readonly<Record<Clock, number>> = { none: 10, minute: 16, second: 19, millisecond: 23 }
/** What four digits of a year can say, whatever the zone. */
const FIRST_TIME = Date.parse('0001-01-02T00:00Z')
const LAST_TIME = Date.parse('9999-12-30T00:00Z')

/** Writes a time, in milliseconds since 1970 in UTC, as dates of a column are written. */
export function dateText(time: number, { order, separator, joint, clock, zone }: DateFormat): string {
  const local = Math.min(Math.max(time, FIRST_TIME), LAST_TIME) + minutesAhead(zone) * MINUTE
  const step = CLOCK_STEPS[clock]
  const text = new Date(Math.round(local / step) * step).toISOString()
  const [year, month, day] = text.slice(0, 10).split('-')
  const parts =
    order === 'dmy' ? [day, month, year] : order === 'mdy' ? [month, day, year] : [year, month, day]
  const timeOfDay = clock === 'none' ? '' : `${joint}${text.slice(11, CLOCK_ENDS[clock])}`
  return `${parts.join(separator)}${timeOfDay}${zone}`
}
