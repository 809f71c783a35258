import type { Cell, TableSchema } from '../../../../inside.ts'
import type { Cells, Track } from '../../protocol.ts'

/** What the columns of rows [dimensions × positions] come to along each dimension, those that move most first. */
export async function tracksOf(
  schema: TableSchema,
  { columns, rows }: Cells,
  positions: number,
): Promise<readonly (readonly Track[])[]> {
  const { plainTable } = await import('../../../../inside.tables.ts')
  const plain = plainTable(schema, { columns, rows })
  const whole = columns.map((_, at) => rangeOf(plain.rows.map((row) => row[at])))
  return Array.from({ length: rows.length / positions }, (_, line) => {
    const from = line * positions
    const own = plain.rows.slice(from, from + positions)
    const tracks = columns.map((column, at): Track => {
      const texts = rows.slice(from, from + positions).map((row) => textOf(row[at]))
      if (plain.columns[at].kind === 'level') return { column, texts, moves: new Set(texts).size > 1 ? 1 : 0 }
      const [low, high] = whole[at]
      const heights = own.map((row) => (Number(row[at] ?? low) - low) / (high - low || 1))
      const [least, most] = rangeOf(heights)
      return { column, texts, heights, moves: most - least }
    })
    return tracks.sort((a, b) => b.moves - a.moves)
  })
}

const textOf = (cell: Cell): string => (cell === null ? 'missing' : String(cell))

function rangeOf(cells: readonly (number | string | null)[]): readonly [low: number, high: number] {
  const numbers = cells.filter((cell) => typeof cell === 'number')
  return numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)]
}
