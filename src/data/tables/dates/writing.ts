import { minutesAhead } from './calendar.ts'
import { type DateFormat, literally } from './format.ts'
import type { Layout } from './layouts.ts'
import { monthNamed, namesLike, weekdayNamed } from './names.ts'
import type { ClockText, DateOrder, DateText } from './split-date.ts'

/** How often a layout was met, and which of its numbers were seen with a single digit. */
interface Seen {
  readonly layout: Layout
  count: number
  readonly short: Set<string>
  joint: string
}

/** What is seen of the times of day of a column. */
interface Clocks {
  finest: ClockText | undefined
  isShort: boolean
  lower: boolean
}

/** How the dates of a column are written, from those seen. */
export interface WritingTally {
  add(date: DateText): void
  format(order: DateOrder): DateFormat
  areClocks(): boolean
  areShortClocks(): boolean
}

const MOST_LAYOUTS = 16

/** A number of one digit, which none of two digits is in a column that fills up with zeros. */
const isShort = (text: string): boolean => text.length === 1

/** What the two numbers of a date and its year of two digits are, in an order. */
const MEANINGS: Readonly<Record<DateOrder, Readonly<Record<string, string>>>> = {
  said: {},
  dmy: { A: 'D', B: 'M' },
  mdy: { A: 'M', B: 'D' },
  ymd: { A: 'y', B: 'M', y: 'D' },
}
const TOKENS: Readonly<Record<string, string>> = {
  Y: 'YYYY',
  y: 'YY',
  N: 'MMM',
  E: 'ddd',
  W: 'WW',
  d: 'E',
  Q: 'Q',
  n: 'n',
}

/** The token of a layout's letter. */
function tokenOf(letter: string, short: boolean, order: DateOrder, hasWeek: boolean): string {
  const meant = MEANINGS[order][letter] ?? letter
  if (meant === 'M' || meant === 'D') return short ? meant : meant + meant
  return meant === 'Y' && hasWeek ? 'GGGG' : (TOKENS[meant] ?? '')
}

function clockPattern({ finest, isShort: short, lower }: Clocks): string {
  if (finest === undefined) return ''
  const { digits, half, point, isCompact } = finest
  const colon = isCompact ? '' : ':'
  const hour = half === '' ? 'H' : 'h'
  const seconds = digits < 0 ? '' : `${colon}ss`
  const fraction = digits > 0 ? `${point}${'S'.repeat(digits)}` : ''
  const gap = half.startsWith(' ') ? ' ' : ''
  return `${short ? hour : hour + hour}${colon}mm${seconds}${fraction}${half === '' ? '' : gap + (lower ? 'a' : 'A')}`
}

/** Zones that differ become UTC, written as they are. */
function zoneOf(zones: ReadonlySet<string>): string | undefined {
  const [first] = zones
  if (zones.size < 2) return first === '' ? undefined : first
  const written = [...zones].find((zone) => zone !== '') ?? 'Z'
  return new Set([...zones].map(minutesAhead)).size === 1
    ? written
    : written.replace(
        /[+-]\d\d(:?)(\d\d)?/,
        (_, colon: string, minutes?: string) => `+00${colon}${minutes === undefined ? '' : '00'}`,
      )
}

/** Begins a tally of how dates are written. */
export function writingTally(): WritingTally {
  const layouts = new Map<Layout, Seen>()
  const names = { months: new Map<number, string>(), weekdays: new Map<number, string>() }
  const clocks: Clocks = { finest: undefined, isShort: false, lower: false }
  const zones = new Set<string>()
  const addClock = ({ clock, joint }: DateText, seen: Seen) => {
    if (clock.digits === -2) return
    if (seen.joint === '') seen.joint = joint
    if (clocks.finest === undefined || clock.digits > clocks.finest.digits) clocks.finest = clock
    if (isShort(clock.hour)) clocks.isShort = true
    if (/[ap]/.test(clock.half)) clocks.lower = true
  }
  const addParts = ({ layout, parts }: DateText, { short }: Seen) => {
    let at = 0
    for (const { letter } of layout.pieces) {
      if (letter === undefined) continue
      const part = parts[at++]
      if (letter === 'N') names.months.set(monthNamed(part), part)
      else if (letter === 'E') names.weekdays.set(weekdayNamed(part), part)
      else if (isShort(part)) short.add(letter)
    }
  }
  return {
    add(date) {
      const seen = layouts.get(date.layout) ?? { layout: date.layout, count: 0, short: new Set(), joint: '' }
      if (seen.count++ === 0 && layouts.size < MOST_LAYOUTS) layouts.set(date.layout, seen)
      addParts(date, seen)
      addClock(date, seen)
      if (zones.size < MOST_LAYOUTS) zones.add(date.zone)
    },
    areClocks: () => [...layouts.keys()].every(({ pieces }) => pieces.every(({ letter }) => letter === 't')),
    areShortClocks: () => clocks.isShort && (clocks.finest?.digits ?? -1) >= 0,
    format: (order) => formatOf(commonest(layouts, order), { order, clocks, names, zone: zoneOf(zones) }),
  }
}

/** The layout most often met of those that an order is about. */
function commonest(layouts: ReadonlyMap<Layout, Seen>, order: DateOrder): Seen {
  const suited = [...layouts.values()].filter(({ layout }) => layout.isAmbiguous === (order !== 'said'))
  const [most] = suited.sort((a, b) => b.count - a.count)
  const withTime = suited.find(({ joint }) => joint !== '')
  return { ...most, joint: most.joint || (withTime?.joint ?? '') }
}

interface Writing {
  readonly order: DateOrder
  readonly clocks: Clocks
  readonly names: Readonly<Record<'months' | 'weekdays', ReadonlyMap<number, string>>>
  readonly zone: string | undefined
}

function formatOf({ layout, short, joint }: Seen, { order, clocks, names, zone }: Writing): DateFormat {
  const letters = layout.pieces.map(({ letter }) => letter)
  const hasWeek = letters.includes('W')
  const clock = clockPattern(clocks)
  const date = layout.pieces
    .map(({ letter, literal = '' }) =>
      letter === undefined
        ? literally(literal)
        : letter === 't'
          ? clock
          : tokenOf(letter, short.has(letter), order, hasWeek),
    )
    .join('')
  const time = letters.includes('t') || clock === '' ? '' : `${literally(joint || ' ')}${clock}`
  return {
    pattern: `${date}${time}${zone === undefined ? '' : 'Z'}`,
    ...(zone === undefined ? {} : { zone }),
    ...(names.months.size > 0 && letters.includes('N') ? { months: namesLike('months', names.months) } : {}),
    ...(names.weekdays.size > 0 && letters.includes('E')
      ? { weekdays: namesLike('weekdays', names.weekdays) }
      : {}),
    ...(order === 'said' ? {} : { order }),
  }
}
