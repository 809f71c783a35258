import * as z from 'zod'
import type { DateReading } from '../date-tally.ts'
import { dateFormatSchema, dateText, minutesAhead, splitDate, timeOf } from '../dates.ts'
import { standardizing } from '../moments.ts'
import type { ColumnSummary } from '../tally.ts'
import { valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'

const cycles = ['hour', 'weekday', 'year'] as const
type Cycle = (typeof cycles)[number]

const DAY = 86_400_000
const MINUTE = 60_000
/** Share of the texts that must be dates. */
const DATES = 0.99

/** How far local time, in milliseconds since 1970, is through a cycle, from 0 to 1. */
const phases: Readonly<Record<Cycle, (time: number) => number>> = {
  hour: (time) => time / DAY - Math.floor(time / DAY),
  // 1 January 1970 was a Thursday.
  weekday: (time) => ((((Math.floor(time / DAY) + 3) % 7) + 7) % 7) / 7,
  year: (time) => (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / (366 * DAY),
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
function cyclesOf({ sample, low, high, format }: DateReading): Cycle[] {
  const local = sample.map((time) => time + minutesAhead(format.zone) * MINUTE)
  return cycles.filter(
    (cycle) => (cycle !== 'year' || high - low >= 365 * DAY) && varies(local, phases[cycle]),
  )
}

/** The reading in which most texts are dates; of two that are as good, day first but between slashes. */
function bestReading({ texts }: ColumnSummary): { best: DateReading | undefined; tied: boolean } {
  const [first, second] = texts.dates.readings
  const tied = second !== undefined && second.count === first.count
  const wanted = first?.format.separator === '/' ? 'mdy' : 'dmy'
  return { best: tied && second.format.order === wanted ? second : first, tied }
}

/** Dates, with or without a time of day. */
export const datetime = defineKind({
  name: 'datetime',
  summary: 'dates, as standardized time and sine and cosine of what recurs',
  fields: {
    format: dateFormatSchema,
    /** Milliseconds since 1970 in UTC, as are the next three. */
    center: z.number(),
    scale: z.number().positive(),
    low: z.number(),
    high: z.number(),
    cycles: z.array(z.enum(cycles)),
  },
  suits(summary) {
    const { best, tied } = bestReading(summary)
    const values = valueCount(summary)
    if (best === undefined || best.count < DATES * values) return undefined
    const { format, low, high, count } = best
    const strays = values - count
    const doubt = tied ? `, taken with the ${format.order === 'mdy' ? 'month' : 'day'} first` : ''
    const rest =
      strays > 0 ? `; ${strays} of ${values} cells ${strays === 1 ? 'is no date' : 'are no dates'}` : ''
    return `dates from ${dateText(low, format)} to ${dateText(high, format)}${doubt}${rest}`
  },
  fit(summary) {
    const { best } = bestReading(summary)
    if (best === undefined) return 'it has no date'
    const { format, low, high, moments } = best
    return { format, ...standardizing(moments), low, high, cycles: cyclesOf(best) }
  },
  describe({ cycles: recurring }) {
    const parts = recurring.map((cycle) => cycleNames[cycle])
    return `standardized time${parts.length === 0 ? '' : `, with ${parts.join(' and ')} as sine and cosine`}`
  },
  encoding: {
    group: 'real',
    slots: (column) => 1 + 2 * column.cycles.length,
    write({ format, center, scale, cycles: recurring }, { refuse }) {
      const example = dateText(center, format)
      const ahead = minutesAhead(format.zone) * MINUTE
      return (cell, out, at) => {
        const date = typeof cell === 'string' ? splitDate(cell) : undefined
        const time = date === undefined ? Number.NaN : timeOf(date, format.order)
        if (Number.isNaN(time)) return refuse(cell, `a date such as ${example}`)
        out[at] = (time - center) / scale
        for (const [index, cycle] of recurring.entries()) {
          const angle = 2 * Math.PI * phases[cycle](time + ahead)
          // √2 gives each a variance of 1 over a cycle, as other real slots have.
          out[at + 1 + 2 * index] = Math.SQRT2 * Math.sin(angle)
          out[at + 2 + 2 * index] = Math.SQRT2 * Math.cos(angle)
        }
        return true
      }
    },
    read: ({ format, center, scale, low, high }, { clip }) => {
      const [least, most] = clip ? [low, high] : [-Number.MAX_VALUE, Number.MAX_VALUE]
      return (values, at) => dateText(Math.min(Math.max(values[at] * scale + center, least), most), format)
    },
  },
})
