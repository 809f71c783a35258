import { rowDecoder, type TableSchema, tableLayout } from '../../../../inside.ts'

/** Numbers that color points by a column, and what the numbers are called. */
export interface ColumnColors {
  /** A whole number for each row; NaN where its cell is missing. */
  readonly colors: Float32Array<ArrayBuffer>
  readonly names: Readonly<Record<number, string>>
}

/** Levels of a ramp, each for as many rows. */
const LEVELS = 16

/** Names of the columns that points can be colored by. */
export const coloredColumns = (schema: TableSchema): string[] =>
  tableLayout(schema).columns.map(({ name }) => name)

/** Colors of encoded rows [n × width] by a column: a level of a word, or a sixteenth of the ranks of a number. */
export function columnColors(schema: TableSchema, rows: Float32Array, name: string): ColumnColors {
  const { columns, width } = tableLayout(schema)
  const place = columns.findIndex((column) => column.name === name)
  const cells = rowDecoder(schema)(rows).map((row) => row[place])
  const { group, slots } = columns[place]
  return group === 'categorical' || group === 'binary'
    ? byLevel(cells.map((cell) => (cell === null ? undefined : String(cell))))
    : byRank(
        cells.map((cell, row) =>
          cell === null ? undefined : { at: rows[row * width + slots[0]], text: String(cell) },
        ),
      )
}

/** The commonest level first, so that it has the first color. */
function byLevel(cells: readonly (string | undefined)[]): ColumnColors {
  const counts = new Map<string, number>()
  for (const cell of cells) if (cell !== undefined) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([level]) => level)
  const places = new Map(names.map((level, at) => [level, at]))
  return {
    colors: Float32Array.from(cells, (cell) => (cell === undefined ? Number.NaN : Number(places.get(cell)))),
    names: { ...names },
  }
}

interface Ranked {
  readonly at: number
  readonly text: string
}

/** Ranks, since one number far out would give all others one color. */
function byRank(cells: readonly (Ranked | undefined)[]): ColumnColors {
  const sorted = cells.filter((cell) => cell !== undefined).sort((a, b) => a.at - b.at)
  const colors = new Float32Array(cells.length).fill(Number.NaN)
  const first = new Map<number, number>()
  for (const [rank, { at }] of sorted.entries()) if (!first.has(at)) first.set(at, rank)
  cells.forEach((cell, row) => {
    if (cell) colors[row] = Math.floor((Number(first.get(cell.at)) / sorted.length) * LEVELS)
  })
  const known = colors.filter((color) => !Number.isNaN(color))
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const [least, most] = [sorted[0]?.text ?? '', sorted[sorted.length - 1]?.text ?? '']
  return { colors, names: { [low]: least, [high]: most } }
}
