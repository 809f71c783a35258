/** Rows that a table does not have yet: each series goes on as it came. */
import type { Cell, TableChunk } from '../cell.ts'
import { whenAndWhose } from './series.ts'
import { cellsFrom, type Going, refuseStep, startOf, zoneOf } from './time-steps.ts'
import type { Windows } from './windows.ts'

/**
 * A chunk that is all of a table with so many rows more at the end of each series, series by series: their times go on by
 * the usual step, whose they are and what else all rows of a series share stays, and what is `modelled` is missing.
 * Errors: `table/ahead`, `table/columns`.
 */
export function rowsAhead(
  chunk: TableChunk,
  windows: Windows,
  { count, modelled }: { readonly count: number; readonly modelled: readonly string[] },
): TableChunk {
  const { times, whose } = whenAndWhose(windows)(chunk)
  const series = Map.groupBy(times.keys(), (row) => whose?.[row] ?? '')
  const ordered = [...series.values()].map((rows) => ({
    rows,
    times: Float64Array.from(rows, (row) => times[row])
      .filter((time) => !Number.isNaN(time))
      .sort(),
  }))
  const usual = middleOf(ordered.flatMap((own) => gapsOf(own.times)))
  const column = windows.schema?.columns[0]
  const place = chunk.columns.indexOf(windows.order)
  const known = new Set(modelled)
  const ahead = ordered.flatMap((own): Cell[][] => {
    const shared = chunk.columns.map((name, at): Cell => {
      const [first, ...rest] = own.rows
      const cell = chunk.rows[first][at]
      return !known.has(name) && rest.every((row) => chunk.rows[row][at] === cell) ? cell : null
    })
    return cellsAhead(own.times, usual, { column, count }).map((cell) => shared.with(place, cell))
  })
  const { whole: _, lines: __, byColumn: ___, ...about } = chunk
  return { ...about, rows: [...chunk.rows, ...ahead] }
}

const gapsOf = (times: Float64Array): number[] =>
  [...times.subarray(1)].map((time, at) => time - times[at]).filter((gap) => gap > 0)

const middleOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.toSorted((a, b) => a - b)[values.length >> 1]

/** What stands in the order's column of the next rows of a series. */
function cellsAhead(times: Float64Array, usual: number | undefined, { column, count }: Going): Cell[] {
  const step = middleOf(gapsOf(times)) ?? usual
  const last = times.at(-1)
  if (step === undefined || last === undefined) return refuseStep()
  const later =
    (column?.kind === 'datetime' && byMonths(times, zoneOf(column))) ||
    ((steps: number) => last + steps * step)
  return cellsFrom(last, { column, count, step, later })
}

/** How times go on that are the same moment of every so-manieth month, counted from its beginning or its end. */
function byMonths(times: Float64Array, zone: number): ((steps: number) => number) | undefined {
  const months = [...times].map((time) => {
    const date = new Date(time + zone)
    const month = 12 * date.getUTCFullYear() + date.getUTCMonth()
    return { month, since: time + zone - startOf(month), left: startOf(month + 1) - time - zone }
  })
  const apart = middleOf(months.slice(1).map(({ month }, at) => month - months[at].month)) ?? 0
  const last = months[months.length - 1]
  if (apart < 1 || months.length < 3) return undefined
  if (months.every(({ since }) => since === last.since))
    return (steps) => startOf(last.month + steps * apart) + last.since - zone
  if (months.every(({ left }) => left === last.left))
    return (steps) => startOf(last.month + steps * apart + 1) - last.left - zone
  return undefined
}
