/** Answers of a model of a table. */
import type { Cell } from '../../../data/tables/cell.ts'
import type { ScoredRow } from '../../../infer/tables/scored-rows.ts'
import type { BodyRows } from './bodies.ts'
import type { Answered } from './written.ts'

/** Rows of cells, by the names of their columns. */
export const cellsAnswered = (names: readonly string[], cells: readonly (readonly Cell[])[]): Answered => ({
  key: 'rows',
  lines: cells.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))),
  columns: () => ({ names, cells }),
})

/** Scored rows; in columns the causes and what could not be read are JSON. */
export const scoresAnswered = (rows: readonly ScoredRow[]): Answered => ({
  key: 'rows',
  lines: rows,
  columns() {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const cellOf = (value: unknown): Cell =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : ((value as Cell) ?? null)
    return { names, cells: rows.map((row) => names.map((name) => cellOf(row[name as keyof ScoredRow]))) }
  },
})

/** The rows of a body as they came, with what a model says of its columns where they say nothing. */
export function filledAnswered(
  body: BodyRows,
  columns: readonly string[],
  known: readonly (readonly Cell[])[],
  filled: readonly (readonly Cell[])[],
): Answered {
  const own = (row: number): Record<string, unknown> =>
    'objects' in body
      ? { ...body.objects[row] }
      : Object.fromEntries(body.columns.map((name, at) => [name, body.rows[row][at]]))
  const lines = filled.map((cells, row) => {
    const line = own(row)
    for (const [at, name] of columns.entries()) if (cells[at] !== known[row][at]) line[name] = cells[at]
    return line
  })
  return {
    key: 'rows',
    lines,
    columns() {
      const names = [...new Set(lines.flatMap((line) => Object.keys(line)))]
      return { names, cells: lines.map((line) => names.map((name) => (line[name] ?? null) as Cell)) }
    },
  }
}
