import { beginningOf, DAY, fullYear, isoWeekOf, minutesAhead, weekdayOf } from './calendar.ts'
import type { DateFormat } from './format.ts'

const TOKENS = /YYYY|YY|MMM|MM|M|DD|D|ddd|GGGG|WW|E|Q|HH|H|hh|h|mm|ss|S+|A|a|Z|X|x|u|n|\[[^\]]*\]|[^[]/g

/** A time taken apart for writing; `local` is as if its zone were UTC. */
interface Moment {
  readonly date: Date
  readonly local: number
  readonly format: DateFormat
}

const two = (value: number): string => String(value).padStart(2, '0')
const half = (date: Date): string => (date.getUTCHours() < 12 ? 'AM' : 'PM')
const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12

/** How each token is written, and what of a text it takes when it is read. */
interface Token {
  readonly source: string
  write(moment: Moment): string
}

const TWO = String.raw`(\d\d)`
const ONE_OR_TWO = String.raw`(\d{1,2})`
const FOUR = String.raw`(\d{4})`
const NAME = String.raw`(\p{L}+\.?)`

const tokens: Readonly<Record<string, Token>> = {
  YYYY: { source: FOUR, write: ({ date }) => String(date.getUTCFullYear()).padStart(4, '0') },
  YY: { source: TWO, write: ({ date }) => two(date.getUTCFullYear() % 100) },
  MMM: { source: NAME, write: ({ date, format }) => format.months?.[date.getUTCMonth()] ?? '' },
  MM: { source: TWO, write: ({ date }) => two(date.getUTCMonth() + 1) },
  M: { source: ONE_OR_TWO, write: ({ date }) => String(date.getUTCMonth() + 1) },
  DD: { source: TWO, write: ({ date }) => two(date.getUTCDate()) },
  D: { source: ONE_OR_TWO, write: ({ date }) => String(date.getUTCDate()) },
  ddd: { source: NAME, write: ({ local, format }) => format.weekdays?.[weekdayOf(local)] ?? '' },
  GGGG: { source: FOUR, write: ({ local }) => String(isoWeekOf(local).year).padStart(4, '0') },
  WW: { source: TWO, write: ({ local }) => two(isoWeekOf(local).week) },
  E: { source: '([1-7])', write: ({ local }) => String(isoWeekOf(local).weekday) },
  Q: { source: '([1-4])', write: ({ date }) => String(1 + Math.floor(date.getUTCMonth() / 3)) },
  HH: { source: TWO, write: ({ date }) => two(date.getUTCHours()) },
  H: { source: ONE_OR_TWO, write: ({ date }) => String(date.getUTCHours()) },
  hh: { source: TWO, write: ({ date }) => two(hour12(date)) },
  h: { source: ONE_OR_TWO, write: ({ date }) => String(hour12(date)) },
  mm: { source: TWO, write: ({ date }) => two(date.getUTCMinutes()) },
  ss: { source: TWO, write: ({ date }) => two(date.getUTCSeconds()) },
  A: { source: '([AP]M)', write: ({ date }) => half(date) },
  a: { source: '([ap]m)', write: ({ date }) => half(date).toLowerCase() },
  Z: {
    source: String.raw`( ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))`,
    write: ({ format }) => format.zone ?? '',
  },
  X: { source: String.raw`(-?\d{1,12})`, write: ({ local }) => String(Math.floor(local / 1000)) },
  x: { source: String.raw`(-?\d{1,15})`, write: ({ local }) => String(Math.round(local)) },
  u: { source: String.raw`(-?\d{1,18})`, write: ({ local }) => `${Math.round(local)}000` },
  n: { source: String.raw`(\d{19})`, write: ({ local }) => `${Math.round(local)}000000` },
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const fraction = (digits: number): Token => ({
  source: String.raw`(\d{1,9})`,
  write: ({ date }) =>
    String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(digits, '0').slice(0, digits),
})

const literal = (text: string): Token => ({ source: escaped(text), write: () => text })

interface Compiled {
  readonly names: readonly string[]
  readonly tokens: readonly Token[]
}

function compiled({ pattern }: DateFormat): Compiled {
  const texts = pattern.match(TOKENS) ?? []
  return {
    names: texts
      .filter((text) => text in tokens || text.startsWith('S'))
      .map((text) => (text.startsWith('S') ? 'S' : text)),
    tokens: texts.map((text) => {
      if (text.startsWith('[')) return literal(text.slice(1, -1))
      if (text.startsWith('S')) return fraction(text.length)
      return tokens[text] ?? literal(text)
    }),
  }
}

/** The milliseconds of a unit that a column's pattern goes down to, of those that are of one length. */
const steps: readonly (readonly [token: string, step: number])[] = [
  ['x', 1],
  ['u', 1],
  ['n', 1],
  ['S', 1],
  ['ss', 1000],
  ['X', 1000],
  ['mm', 60_000],
  ['HH', 3_600_000],
]

/** What four digits of a year can say. */
const FIRST_TIME = Date.parse('0001-01-01T00:00Z')
const END = Date.UTC(10_000, 0)

/** Writes times, in milliseconds since 1970 in UTC, as dates of a column are written. */
export function dateWriter(format: DateFormat): (time: number) => string {
  const { names, tokens: parts } = compiled(format)
  const step = steps.find(([token]) => names.includes(token))?.[1] ?? DAY
  const ahead = minutesAhead(format.zone ?? '') * 60_000
  return (time) => {
    const within = Math.min(Math.max(time + ahead, FIRST_TIME), END)
    const local = Math.min(Math.round(within / step) * step, END - step)
    const moment = { date: new Date(local), local, format }
    return parts.map((part) => part.write(moment)).join('')
  }
}

const placesIn = (names: readonly string[] = []) => new Map(names.map((name, place) => [name, place]))

/** Reads dates that are written as a column writes them; NaN for all else. Milliseconds since 1970 in UTC. */
export function dateReader(format: DateFormat): (text: string) => number {
  const { names, tokens: parts } = compiled(format)
  const regex = new RegExp(`^${parts.map(({ source }) => source).join('')}$`, 'u')
  const places = new Map(names.map((name, at) => [name, at + 1]))
  const months = placesIn(format.months)
  return (text) => {
    const found = regex.exec(text)
    if (found === null) return Number.NaN
    const part = (...tokens: readonly string[]): string | undefined => {
      for (const token of tokens) {
        const place = places.get(token)
        if (place !== undefined) return found[place]
      }
      return undefined
    }
    return timeIn(part, months)
  }
}

/** How many of a unit since 1970 are a millisecond. */
const PER_MILLISECOND = [
  ['x', 1],
  ['u', 1e3],
  ['n', 1e6],
] as const

type PartOf = (...tokens: readonly string[]) => string | undefined

function timeIn(part: PartOf, months: ReadonlyMap<string, number>): number {
  const seconds = part('X')
  if (seconds !== undefined) return Number(`${seconds}.${part('S') ?? 0}`) * 1000
  for (const [token, per] of PER_MILLISECOND) {
    const units = part(token)
    if (units !== undefined) return Number(units) / per
  }
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  const short = part('YY')
  const name = part('MMM')
  const month = name === undefined ? number(part('MM', 'M')) : (months.get(name) ?? Number.NaN) + 1
  const midnight = beginningOf({
    year: short === undefined ? number(part('YYYY', 'GGGG')) : fullYear(Number(short)),
    month,
    day: number(part('DD', 'D')),
    week: number(part('WW')),
    weekday: number(part('E')),
    quarter: number(part('Q')),
  })
  return midnight + clockIn(part) - minutesAhead(part('Z') ?? '') * 60_000
}

function clockIn(part: PartOf): number {
  const afternoon = part('A', 'a')
  const twelve = Number(part('hh', 'h') ?? 0)
  const hours =
    afternoon === undefined
      ? Number(part('HH', 'H') ?? 0)
      : (twelve % 12) + (afternoon.toLowerCase() === 'pm' ? 12 : 0)
  const minutes = Number(part('mm') ?? 0)
  const seconds = Number(part('ss') ?? 0)
  if (hours > 23 || minutes > 59 || seconds > 59 || twelve > 12) return Number.NaN
  return (
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.floor(Number(`0.${part('S') ?? 0}`) * 1000 + 1e-6)
  )
}
