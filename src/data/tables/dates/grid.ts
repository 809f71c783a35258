import * as z from 'zod/mini'
import { DAY, HOUR, MINUTE, weekdayOf } from './calendar.ts'

/** What all dates of a column keep to, the coarsest first. */
export const grids = [
  'year',
  'quarter',
  'month',
  'month end',
  'day',
  'hour',
  'half hour',
  'quarter hour',
  '5 minutes',
  'minute',
  'second',
  'millisecond',
] as const
export const gridSchema = z.enum(grids)
export type Grid = z.infer<typeof gridSchema>

const STEPS: Partial<Record<Grid, number>> = {
  day: DAY,
  hour: HOUR,
  'half hour': HOUR / 2,
  'quarter hour': HOUR / 4,
  '5 minutes': 5 * MINUTE,
  minute: MINUTE,
  second: 1000,
  millisecond: 1,
}
/** Months from one point of a grid to the next. */
const MONTHS: Partial<Record<Grid, number>> = { year: 12, quarter: 3, month: 1, 'month end': 1 }

/** Fewer dates may keep to a grid by chance, or a week's days. */
const LEAST_DATES = 3
const LEAST_FOR_WEEKDAYS = 33

/** The points of a grid of months on either side of a local time. */
function monthPoints(local: number, months: number, isEnd: boolean): [number, number] {
  const date = new Date(local + (isEnd ? DAY : 0))
  const index = 12 * date.getUTCFullYear() + date.getUTCMonth()
  const from = Math.floor(index / months) * months
  const point = (at: number) => {
    const start = new Date(0)
    start.setUTCFullYear(Math.floor(at / 12), at % 12, 1)
    return start.getTime() - (isEnd ? DAY : 0)
  }
  return [point(from), point(from + months)]
}

function snapped(local: number, grid: Grid): number {
  const step = STEPS[grid]
  if (step !== undefined) return Math.round(local / step) * step
  const [before, after] = monthPoints(local, MONTHS[grid] ?? 1, grid === 'month end')
  return local - before <= after - local ? before : after
}

/** The coarsest grid that all local times keep to. */
export function gridOf(times: Float64Array): Grid {
  if (times.length < LEAST_DATES || times.every((time) => time === times[0])) return 'millisecond'
  return grids.find((grid) => times.every((time) => snapped(time, grid) === time)) ?? 'millisecond'
}

/** The weekdays (0 for Sunday) that local days keep to; undefined where they are all seven, or too few to tell. */
export function weekdaysOf(times: Float64Array, grid: Grid): number[] | undefined {
  if (grid !== 'day' || times.length < LEAST_FOR_WEEKDAYS) return undefined
  const seen = new Set<number>()
  for (const time of times) seen.add(weekdayOf(time))
  return seen.size < 7 ? [...seen].sort((a, b) => a - b) : undefined
}

/** Moves local times to the nearest point of a grid, and to the nearest of some weekdays. */
export function snapper(grid: Grid, weekdays: readonly number[] | undefined): (local: number) => number {
  if (weekdays === undefined)
    return grid === 'millisecond' ? (local) => local : (local) => snapped(local, grid)
  const allowed = new Set(weekdays)
  return (local) => {
    const midnight = snapped(local, grid)
    const way = local < midnight ? -1 : 1
    for (let days = 0; days <= 3; days++)
      for (const side of [way, -way]) {
        const moved = midnight + side * days * DAY
        if (allowed.has(weekdayOf(moved))) return moved
      }
    return midnight
  }
}
