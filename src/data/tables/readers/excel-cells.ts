import type { Cell } from '../cell.ts'

/** What the library gives for a cell. */
export type SheetCell = string | number | boolean | Date | null

const DAY = 86_400_000
/** Times of day are on this day to Excel, which begins to count after it. */
const BEGIN = Date.UTC(1899, 11, 30)

/** The library cuts off what a fraction of a day lacks to a whole second. */
const millisecondsOf = (date: Date): number => {
  const time = date.getTime()
  return (((time % 1000) + 1000) % 1000 === 999 ? time + 1 : time) || 0
}

/** Whether the dates of a column are days, times of day, or neither. */
function formOf(times: readonly number[]): 'day' | 'time' | 'instant' {
  if (times.every((time) => time % DAY === 0)) return 'day'
  return times.every((time) => time >= BEGIN && time < BEGIN + DAY) ? 'time' : 'instant'
}

function writtenAs(form: 'day' | 'time' | 'instant', time: number): string {
  const text = new Date(time).toISOString()
  if (form === 'day') return text.slice(0, 10)
  return form === 'time' ? text.slice(11, 19) : text
}

/** The cells of a sheet: dates as texts, as their column has them; a formula's error and an invalid date are missing. */
export function excelCells(rows: readonly (readonly SheetCell[])[]): Cell[][] {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const times = Array.from({ length: width }, (): number[] => [])
  for (const row of rows)
    for (const [at, cell] of row.entries()) if (cell instanceof Date) times[at].push(millisecondsOf(cell))
  const forms = times.map(formOf)
  return rows.map((row) =>
    forms.map((form, at) => {
      const cell = row[at] ?? null
      if (!(cell instanceof Date)) return cell
      return Number.isNaN(cell.getTime()) ? null : writtenAs(form, millisecondsOf(cell))
    }),
  )
}
