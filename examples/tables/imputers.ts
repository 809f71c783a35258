/** Two usual ways to fill gaps, to compare with. */
import type { Cell } from 'betavae/tables'

type Rows = readonly (readonly Cell[])[]

/** Every gap gets the mean of its column, or its most frequent word. */
export function columnAverages(rows: Rows): Cell[][] {
  const centers = rows[0].map((_, at) => center(rows.map((row) => row[at])))
  return rows.map((row) => row.map((cell, at) => cell ?? centers[at]))
}

/** Every gap gets the mean, or the most frequent word, of the `count` rows that are nearest in what both know. */
export function nearestNeighbors(rows: Rows, count: number): Cell[][] {
  const units = rows[0].map((_, at) => deviation(rows.map((row) => row[at])))
  const gap = (a: readonly Cell[], b: readonly Cell[]): number => {
    const both = a.flatMap((cell, at) => (cell === null || b[at] === null ? [] : [at]))
    if (both.length === 0) return Number.POSITIVE_INFINITY
    return mean(
      both.map((at) =>
        units[at] ? ((Number(a[at]) - Number(b[at])) / units[at]) ** 2 : a[at] === b[at] ? 0 : 1,
      ),
    )
  }
  return rows.map((row) =>
    row.map((cell, at) => {
      if (cell !== null) return cell
      const others = rows.filter((other) => other[at] !== null)
      const near = others.map((other) => ({ value: other[at], distance: gap(row, other) }))
      return center(
        near
          .sort((a, b) => a.distance - b.distance)
          .slice(0, count)
          .map(({ value }) => value),
      )
    }),
  )
}

function center(cells: readonly Cell[]): Cell {
  const known = cells.filter((cell) => cell !== null)
  if (known.every((cell) => typeof cell === 'number')) return mean(known.map(Number))
  const counts = new Map<Cell, number>()
  for (const cell of known) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].reduce((most, own) => (own[1] > most[1] ? own : most))[0]
}

/** Standard deviation of numbers; 0 for words. */
function deviation(cells: readonly Cell[]): number {
  const numbers = cells.filter((cell) => typeof cell === 'number')
  return numbers.length === 0 ? 0 : Math.sqrt(mean(numbers.map((x) => (x - mean(numbers)) ** 2)))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
