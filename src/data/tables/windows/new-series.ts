/** Where rows of new series stand: when each is, and whose. */
import { fillUniform, streamOf } from '../../../base/random.ts'
import type { Cell } from '../cell.ts'
import { DAY } from '../dates/calendar.ts'
import { type NamePattern, newName, numberPattern, textPattern } from '../kinds/name-pattern.ts'
import type { ColumnSchema } from '../schema.ts'
import { cellsFrom, startOf, timeCells, zoneOf } from './time-steps.ts'
import type { Windows } from './windows.ts'

const pacing = streamOf('new-series')
const MONTH = 365.2425 * (DAY / 12)
const MONTHLY: readonly (string | undefined)[] = ['month', 'month end', 'quarter', 'year']
/** Logs of distances in time that are one, where a clock ticks. */
const SAME = 0.04

export interface NewSeries {
  /** Quantiles of the log of the time between two rows. */
  readonly pace: ArrayLike<number>
  readonly rows: number
  readonly seed: number
  readonly number: number
}

/** The times of a new series, which begin where those of training begin, and how they are written. */
export function newTimes(
  { schema }: Windows,
  { pace, rows, seed, number }: NewSeries,
): { readonly cells: Cell[]; readonly elapsed: Float32Array } {
  const column = schema?.columns[0]
  const first = column && 'low' in column ? column.low : 0
  const { read, write } = timeCells(column)
  // Logs are kept as float32, which have seven digits.
  const step = Number(Math.exp(pace[pace.length >> 1]).toPrecision(6))
  const later = laterTimes(column, { first, step })
  const isSteady = pace[pace.length - 1] - pace[0] < SAME || (column?.kind === 'datetime' && column.weekdays)
  const cells =
    isSteady || later.isMonthly
      ? [write(first), ...cellsFrom(first, { column, count: rows - 1, step, later: later.at })]
      : drawnTimes(first, { pace, rows, seed, number }).map(write)
  const times = cells.map(read)
  return {
    cells,
    elapsed: Float32Array.from(times, (time, at) =>
      at === 0 ? Number.NaN : Math.max(Math.log(time - times[at - 1]), pace[0]),
    ),
  }
}

/** How times go on by a steady step: where all are of a month, month by month. */
function laterTimes(
  column: ColumnSchema | undefined,
  { first, step }: { readonly first: number; readonly step: number },
): { readonly isMonthly: boolean; at(steps: number): number } {
  if (column?.kind !== 'datetime' || !MONTHLY.includes(column.grid))
    return { isMonthly: false, at: (steps) => first + steps * step }
  const zone = zoneOf(column)
  const apart = Math.max(1, Math.round(step / MONTH))
  // The last day of a month lies a day before the next one.
  const back = column.grid === 'month end' ? DAY : 0
  const date = new Date(first + zone + back)
  const month = 12 * date.getUTCFullYear() + date.getUTCMonth()
  return { isMonthly: true, at: (steps) => startOf(month + steps * apart) - back - zone }
}

function drawnTimes(first: number, { pace, rows, seed, number }: NewSeries): number[] {
  const chance = fillUniform(new Float32Array(rows), { seed, stream: pacing, step: number })
  let time = first
  return Array.from(chance, (share, row) => {
    if (row > 0) time += Math.exp(pace[Math.floor(share * pace.length)])
    return time
  })
}

/** New names of series, written as those of training. */
export function newGroups({ schema }: Windows, count: number, seed: number): Cell[] {
  const pattern = patternOf(schema?.columns[1])
  return Array.from({ length: count }, (_, at) => (pattern ? newName(pattern, seed, at) : `series ${at + 1}`))
}

function patternOf(column: ColumnSchema | undefined): NamePattern | undefined {
  if (column?.kind === 'identifier') return column.pattern
  if (column?.kind === 'real' || column?.kind === 'count') return numberPattern(Math.ceil(column.high))
  if (!column || !('levels' in column)) return undefined
  const numbers = column.levels.map(Number)
  return numbers.some(Number.isNaN)
    ? textPattern(column.levels.map(String))
    : numberPattern(Math.ceil(Math.max(...numbers)))
}
