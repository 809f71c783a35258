import * as z from 'zod/mini'
import { DAY, MINUTE, minutesAhead, weekdayOf } from '../dates/calendar.ts'
import type { DateReading } from '../dates/date-tally.ts'
import { currentFormat, dateFormatSchema } from '../dates/format.ts'
import { gridOf, gridSchema, snapper, weekdaysOf } from '../dates/grid.ts'
import { isNumericPattern, isTimeName, numericDates } from '../dates/numeric-dates.ts'
import { dateWriter } from '../dates/pattern.ts'
import { timeReader } from '../dates/time-reader.ts'
import { standardizing } from '../moments.ts'
import { remembered } from '../remembered.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { codeReason } from './codes.ts'
import { valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'
import type { Told } from './told.ts'

const cycles = ['hour', 'weekday', 'year'] as const
type Cycle = (typeof cycles)[number]

/** Share of the texts that must be dates; the others are odd cells. */
const DATES = 0.9
const DURATION_NAME = /duration|elapsed|runtime|laps?\b|length|took|dauer|durée|duree|duración/i

const UNITS: Readonly<Record<string, string>> = { X: '', x: 'milli', u: 'micro', n: 'nano' }

/** How far local time, in milliseconds since 1970, is through a cycle, from 0 to 1. */
const phases: Readonly<Record<Cycle, (time: number) => number>> = {
  hour: (time) => time / DAY - Math.floor(time / DAY),
  weekday: (time) => ((weekdayOf(time) + 6) % 7) / 7,
  year: (time) => (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / (366 * DAY),
}

const lengths: Readonly<Record<Cycle, number>> = { hour: DAY, weekday: 7 * DAY, year: 366 * DAY }
/** Steps in which a time can be moved along a cycle without leaving a shorter one. */
const steps: Readonly<Record<Cycle, number>> = { hour: 1, weekday: DAY, year: DAY }

/** A column of dates whose parts may disagree. */
interface Cyclic {
  readonly center: number
  readonly scale: number
  readonly low: number
  readonly high: number
  readonly cycles: readonly Cycle[]
  readonly format: Parameters<typeof currentFormat>[0]
}

/**
 * Moves the time of an encoded date to where in a year, a week and a day its sines and cosines say that it is, in place,
 * wherever they know that more closely. `spreads` are the standard deviations of its slots.
 */
export function intoPhase(
  { center, scale, low, high, cycles: recurring, format }: Cyclic,
  spreads: ArrayLike<number>,
): (values: Float32Array, at: number) => void {
  const ahead = minutesAhead(currentFormat(format).zone ?? '') * MINUTE
  const closer = recurring
    .map((cycle, place) => ({ cycle, sine: 1 + 2 * place }))
    .filter(
      ({ cycle, sine }) => (spreads[sine] * lengths[cycle]) / (2 * Math.PI * Math.SQRT2) < spreads[0] * scale,
    )
    .toSorted((a, b) => lengths[b.cycle] - lengths[a.cycle])
  return (values, at) => {
    let time = values[at] * scale + center + ahead
    for (const { cycle, sine } of closer) {
      const wanted = Math.atan2(values[at + sine], values[at + sine + 1]) / (2 * Math.PI)
      const off = wanted - phases[cycle](time)
      const step = steps[cycle]
      time += Math.round(((off - Math.round(off)) * lengths[cycle]) / step) * step
      // Far beyond the ends of what was seen the same phase of the cycle before or after is meant.
      const far = lengths[cycle] / 50
      if (time - ahead > high + far && time - ahead - lengths[cycle] >= low) time -= lengths[cycle]
      else if (time - ahead < low - far && time - ahead + lengths[cycle] <= high) time += lengths[cycle]
    }
    values[at] = (time - ahead - center) / scale
  }
}

/** What people call the cycles. */
const cycleNames: Readonly<Record<Cycle, string>> = {
  hour: 'time of day',
  weekday: 'weekday',
  year: 'day of the year',
}

const varies = (times: Float64Array, of: (time: number) => number): boolean =>
  times.some((time) => of(time) !== of(times[0]))

/** The cycles that are seen to vary; that of the year only where one has gone by. */
const cyclesOf = ({ low, high }: DateReading, local: Float64Array): Cycle[] =>
  cycles.filter((cycle) => (cycle !== 'year' || high - low >= 365 * DAY) && varies(local, phases[cycle]))

interface Best {
  readonly best: DateReading
  /** Other orders that are as good. */
  readonly tied: readonly string[]
}

/** Of readings that are as good: the one in which dates ascend; else day first but between slashes. */
function bestOf(readings: readonly DateReading[]): Best | undefined {
  const [first] = readings
  if (first === undefined) return undefined
  const equals = readings.filter(({ count }) => count === first.count)
  if (equals.length === 1) return { best: first, tied: [] }
  const ascending = equals.filter((reading) => reading.ascending)
  if (ascending.length === 1) return { best: ascending[0], tied: [] }
  const wanted = first.format.pattern.includes('/') ? 'mdy' : 'dmy'
  const best = equals.find(({ order }) => order === wanted) ?? first
  return { best, tied: equals.flatMap(({ order }) => (order === best.order ? [] : [order])) }
}

/** The reading in which most texts are dates, or the numbers of a column that has none. */
function bestReading(summary: ColumnSummary, isTold: boolean, told?: Told): Best | undefined {
  const { name, texts, numbers } = summary
  const { readings } = texts.dates
  const asked = told?.order === undefined ? readings : readings.filter(({ order }) => order === told.order)
  const found = bestOf(asked.length > 0 ? asked : readings)
  if (found !== undefined && found.best.count >= numbers.count) return found
  const isCode = !isTold && codeReason(summary) !== undefined
  const numeric = isCode ? undefined : numericDates(name, numbers, isTold)
  return numeric && { best: numeric, tied: [] }
}

/** The dates of a column. */
export const datesOf = (summary: ColumnSummary): DateReading | undefined => bestReading(summary, true)?.best

/** Whether texts of hours and minutes count time instead of telling it. */
const areDurations = ({ name, texts: { dates } }: ColumnSummary): boolean =>
  dates.areClocks && (dates.areShortClocks || DURATION_NAME.test(name))

const FIRST: Readonly<Record<string, string>> = { dmy: 'day', mdy: 'month', ymd: 'year' }

/** What is said of a column whose days, months and years could stand in another order. */
const doubtOf = ({ best, tied }: Best): string => {
  if (tied.length === 0) return ''
  const others = tied.map((order) => `the ${FIRST[order]}`).join(' or ')
  const said = tied.map((order) => `datetime:${order}`).join(', ')
  return `, taken with the ${FIRST[best.order]} first, though every one is a date with ${others} first, too (${said})`
}

/** Dates, with or without a time of day, and times of day. */
export const datetime = defineKind({
  name: 'datetime',
  summary: 'dates, as standardized time and sine and cosine of what recurs',
  fields: {
    format: dateFormatSchema,
    /** Milliseconds since 1970 in UTC, as are the next three. */
    center: z.number(),
    scale: z.number().check(z.positive()),
    low: z.number(),
    high: z.number(),
    cycles: z.array(z.enum(cycles)),
    /** What all dates keep to, and the weekdays (0 for Sunday) that they fall on; absent where that is any. */
    grid: z.optional(gridSchema),
    weekdays: z.optional(z.array(z.int().check(z.minimum(0), z.maximum(6))).check(z.minLength(1))),
  },
  suits(summary) {
    const found = bestReading(summary, false)
    const values = valueCount(summary)
    if (found === undefined || found.best.count < DATES * values || areDurations(summary)) return undefined
    const { format, low, high, count } = found.best
    const strays = values - count
    const write = dateWriter(format)
    const rest =
      strays > 0
        ? `; ${strays} of ${values} cells ${strays === 1 ? 'is no date and counts as missing' : 'are no dates and count as missing'}`
        : ''
    const what = summary.texts.dates.areClocks ? 'times of day' : 'dates'
    const unit = UNITS[format.pattern.charAt(0)]
    const as = unit === undefined ? '' : `, as ${unit}seconds since 1970`
    return `${what} from ${write(low)} to ${write(high)}${as}${doubtOf(found)}${rest}`
  },
  doubt(summary) {
    const found = bestReading(summary, true)
    if (found === undefined || found.best.count < DATES * valueCount(summary)) return undefined
    const write = dateWriter({ pattern: 'YYYY-MM-DD' })
    if (summary.texts.dates.areClocks) return 'hours and minutes, which may tell the time of day'
    const { low, high } = found.best
    const isPlausible = isTimeName(summary.name) || low > Date.UTC(1990, 0) ? high < Date.UTC(2100, 0) : false
    return isPlausible ? `times from ${write(low)} to ${write(high)} as numbers` : undefined
  },
  fit(summary, told) {
    const found = bestReading(summary, true, told)
    if (found === undefined) return 'it has no date'
    const { format, low, high, moments, sample } = found.best
    const ahead = minutesAhead(format.zone ?? '') * MINUTE
    const local = sample.map((time) => time + ahead)
    const grid = gridOf(local)
    const weekdays = weekdaysOf(local, grid)
    return {
      ...{ format, ...standardizing(moments), low, high, cycles: cyclesOf(found.best, local) },
      ...(grid !== 'millisecond' && { grid }),
      ...(weekdays && { weekdays }),
    }
  },
  oddIn: (summary) => Math.max(0, valueCount(summary) - (bestReading(summary, true)?.best.count ?? 0)),
  describe({ cycles: recurring }) {
    const parts = recurring.map((cycle) => cycleNames[cycle])
    return `standardized time${parts.length === 0 ? '' : `, with ${parts.join(' and ')} as sine and cosine`}`
  },
  encoding: {
    group: 'real',
    slots: (column) => 1 + 2 * column.cycles.length,
    write({ format: stored, center, scale, cycles: recurring, ...column }, { refuse }) {
      const format = currentFormat(stored)
      const read = timeReader({ format, ...column })
      const example = dateWriter(format)(center)
      const ahead = minutesAhead(format.zone ?? '') * MINUTE
      const slotsOf = remembered((time: number): readonly number[] => [
        (time - center) / scale,
        ...recurring.flatMap((cycle) => {
          const angle = 2 * Math.PI * phases[cycle](time + ahead)
          // √2 gives each a variance of 1 over a cycle, as other real slots have.
          return [Math.SQRT2 * Math.sin(angle), Math.SQRT2 * Math.cos(angle)]
        }),
      ])
      return (cell, out, at) => {
        const time = read(cell)
        if (Number.isNaN(time)) return refuse(cell, `a date such as ${example}`)
        const slots = slotsOf(time)
        for (let slot = 0; slot < slots.length; slot++) out[at + slot] = slots[slot]
        return true
      }
    },
    value: timeReader,
    read({ format: stored, center, scale, low, high, grid = 'millisecond', weekdays }, { clip }) {
      const format = currentFormat(stored)
      const write = dateWriter(format)
      const ahead = minutesAhead(format.zone ?? '') * MINUTE
      const snap = snapper(grid, weekdays)
      const [least, most] = clip ? [low, high] : [-Number.MAX_VALUE, Number.MAX_VALUE]
      const isNumber = isNumericPattern(format.pattern)
      return (values, at) => {
        const time = Math.min(Math.max(values[at] * scale + center, least), most)
        const text = write(snap(time + ahead) - ahead)
        return isNumber ? Number(text) : text
      }
    },
  },
})
