import { clocks, type DateFormat, type DateOrder, type DateText, splitDate, timeOf } from './dates.ts'
import type { Moments } from './moments.ts'
import { momentsOf } from './moments.ts'

/** The texts of a column read as dates in one order; times are milliseconds since 1970 in UTC. */
export interface DateReading {
  readonly format: DateFormat
  readonly count: number
  readonly low: number
  readonly high: number
  readonly moments: Moments
  /** Times among the sampled rows. */
  readonly sample: Float64Array
}

/** What a column's texts are as dates. */
export interface DateTally {
  /** One for each order in which any of them is a date, the most dates first. */
  readonly readings: readonly DateReading[]
}

/** Texts looked at before a column without dates is given up. */
const TRIALS = 200

interface Reading {
  count: number
  low: number
  high: number
  readonly sample: Float64Array
}

const emptyReading = (room: number): Reading => ({
  count: 0,
  low: Number.POSITIVE_INFINITY,
  high: Number.NEGATIVE_INFINITY,
  sample: new Float64Array(room).fill(Number.NaN),
})

/** The finest clock and the common zone of dates; zones that differ become UTC. */
const merged = (format: Omit<DateFormat, 'order'>, date: DateText): Omit<DateFormat, 'order'> => ({
  separator: format.separator,
  joint: format.clock === 'none' ? date.joint : format.joint,
  clock: clocks[Math.max(clocks.indexOf(format.clock), clocks.indexOf(date.clock))],
  zone: format.zone === date.zone ? format.zone : 'Z',
})

/** Begins a tally of texts that may be dates, with a sample of at most `room` of them. */
export function dateTally(room: number) {
  const readings = new Map<DateOrder, Reading>()
  let format: Omit<DateFormat, 'order'> | undefined
  let seen = 0
  const take = (reading: Reading, time: number, slot: number) => {
    reading.count++
    if (time < reading.low) reading.low = time
    if (time > reading.high) reading.high = time
    if (slot >= 0) reading.sample[slot] = time
  }
  const readingOf = (order: DateOrder): Reading => {
    const reading = readings.get(order) ?? emptyReading(room)
    readings.set(order, reading)
    return reading
  }
  return {
    forget(slot: number) {
      for (const { sample } of readings.values()) sample[slot] = Number.NaN
    },
    add(text: string, slot: number) {
      if (seen++ >= TRIALS && format === undefined) return
      const date = splitDate(text)
      if (date === undefined) return
      for (const order of date.orders) {
        const time = timeOf(date, order)
        if (!Number.isNaN(time)) take(readingOf(order), time, slot)
      }
      format = format === undefined ? date : merged(format, date)
    },
    summary(): DateTally {
      if (format === undefined) return { readings: [] }
      const { separator, joint, clock, zone } = format
      return {
        readings: [...readings]
          .map(([order, { sample, ...reading }]) => {
            const times = sample.filter((time) => !Number.isNaN(time))
            return {
              ...reading,
              format: { order, separator, joint, clock, zone },
              sample: times,
              moments: momentsOf(times),
            }
          })
          .sort((a, b) => b.count - a.count),
      }
    },
  }
}
