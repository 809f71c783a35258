import type { Moments } from '../moments.ts'
import { momentsOf } from '../moments.ts'
import type { DateFormat } from './format.ts'
import { type DateOrder, type DateText, dateSplitter, timeOf } from './split-date.ts'
import { type WritingTally, writingTally } from './writing.ts'

/** The texts of a column read as dates in one order; times are milliseconds since 1970 in UTC. */
export interface DateReading {
  readonly order: DateOrder
  readonly format: DateFormat
  readonly count: number
  readonly low: number
  readonly high: number
  /** Whether no date is before the one of the row above. */
  readonly ascending: boolean
  readonly moments: Moments
  /** Times among the sampled rows. */
  readonly sample: Float64Array
}

/** What a column's texts are as dates. */
export interface DateTally {
  /** Texts that are dates with the day first or with the month first, as 3/4/2021 is. */
  readonly ordered: number
  /** Whether others say themselves what is day and what is month. */
  readonly areMixed: boolean
  /** One for each order in which any of them is a date, the most dates first. */
  readonly readings: readonly DateReading[]
  /** Times of day alone, without a day. */
  readonly areClocks: boolean
  /** Whether hours below ten stand alone where seconds follow, as in 1:07:35. */
  readonly areShortClocks: boolean
}

/** Texts looked at before a column without dates is given up. */
const TRIALS = 200

interface Reading {
  count: number
  low: number
  high: number
  last: number
  ascending: boolean
  readonly sample: Float64Array
}

const emptyReading = (room: number): Reading => ({
  count: 0,
  low: Number.POSITIVE_INFINITY,
  high: Number.NEGATIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
  ascending: true,
  sample: new Float64Array(room).fill(Number.NaN),
})

function take(reading: Reading, time: number, slot: number): void {
  reading.count++
  if (time < reading.low) reading.low = time
  if (time > reading.high) reading.high = time
  if (time < reading.last) reading.ascending = false
  reading.last = time
  if (slot >= 0) reading.sample[slot] = time
}

const summarized = (
  order: DateOrder,
  { sample, ...reading }: Reading,
  writing: WritingTally,
): DateReading => {
  const times = sample.filter((time) => !Number.isNaN(time))
  return {
    order,
    format: writing.format(order),
    count: reading.count,
    low: reading.low,
    high: reading.high,
    ascending: reading.ascending && reading.low < reading.high,
    moments: momentsOf(times),
    sample: times,
  }
}

/** Dates that say their order themselves with those that are read in one: written as most of them are. */
function joinedReading(said: DateReading, other: DateReading): DateReading {
  const sample = new Float64Array(said.sample.length + other.sample.length)
  sample.set(said.sample)
  sample.set(other.sample, said.sample.length)
  const { format } = said.count > other.count ? said : other
  return {
    order: other.order,
    format: { ...format, ...(other.order !== 'said' && { order: other.order }) },
    count: said.count + other.count,
    low: Math.min(said.low, other.low),
    high: Math.max(said.high, other.high),
    ascending: false,
    moments: momentsOf(sample),
    sample,
  }
}

/** Begins a tally of texts that may be dates, with a sample of at most `room` of them. */
export function dateTally(room: number) {
  const readings = new Map<DateOrder, Reading>()
  const writing = writingTally()
  const split = dateSplitter()
  let seen = 0
  let dates = 0
  let possible = 0
  const addTimes = (date: DateText, slot: number) => {
    let isDay = false
    for (const order of date.orders) {
      const time = timeOf(date, order)
      if (Number.isNaN(time)) continue
      isDay ||= order === 'dmy' || order === 'mdy'
      const reading = readings.get(order) ?? emptyReading(room)
      readings.set(order, reading)
      take(reading, time, slot)
    }
    if (isDay) possible++
  }
  return {
    forget(slot: number) {
      for (const { sample } of readings.values()) sample[slot] = Number.NaN
    },
    add(text: string, slot: number) {
      if (seen++ >= TRIALS && dates === 0) return
      const date = split(text)
      if (date === undefined) return
      dates++
      addTimes(date, slot)
      writing.add(date)
    },
    summary(): DateTally {
      const own = [...readings].map(([order, reading]) => summarized(order, reading, writing))
      const said = own.find(({ order }) => order === 'said')
      const areMixed = said !== undefined && own.length > 1
      return {
        ...{ ordered: possible, areMixed },
        readings: (areMixed
          ? own.map((reading) => (reading === said ? reading : joinedReading(said, reading)))
          : own
        ).sort((a, b) => b.count - a.count),
        areClocks: dates > 0 && writing.areClocks(),
        areShortClocks: writing.areShortClocks(),
      }
    },
  }
}
