/** Rows without any cell, such as those that spreadsheets leave below and between tables. */
import type { Cell, TableChunk } from './cell.ts'
import { rowName } from './chunk-checks.ts'
import { cellsOfColumn, chunkOfColumns, rowCount } from './chunk-columns.ts'

const isBlank = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '')

/**
 * The places of a chunk's rows in which nothing stands. A lone column has none: there an empty cell is a missing one; nor
 * has a table of which columns were not read.
 */
export function blankRows(chunk: TableChunk): readonly number[] {
  const { columns, unread = [] } = chunk
  if (columns.length < 2 || unread.length > 0) return []
  let places: number[] = []
  cellsOfColumn(chunk, 0).forEach((cell, row) => {
    if (isBlank(cell)) places.push(row)
  })
  for (let column = 1; column < columns.length && places.length > 0; column++) {
    const { byColumn, rows } = chunk
    places = places.filter((row) => isBlank((byColumn ? byColumn[column][row] : rows[row][column]) ?? null))
  }
  return places
}

/** A chunk without some of its rows. */
function without(chunk: TableChunk, places: readonly number[]): TableChunk {
  const left = new Set(places)
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, row) => !left.has(row))
  const { rows: _, byColumn, lines, ...rest } = chunk
  const about = { ...rest, ...(lines && { lines: kept(lines) }) }
  return byColumn ? chunkOfColumns(about, byColumn.map(kept)) : { ...about, rows: kept(chunk.rows) }
}

/** Rows without any cell: how many, and the first of them. */
interface Blank {
  readonly count: number
  readonly first: string
}

/** Chunks without rows in which nothing stands. In the end `tell` is told of these. */
export async function* filledChunks(
  chunks: AsyncIterable<TableChunk>,
  tell?: (note: string) => void,
): AsyncGenerator<TableChunk> {
  let blank: Blank | undefined
  for await (const chunk of chunks) {
    const places = blankRows(chunk)
    if (places.length === 0) {
      yield chunk
      continue
    }
    blank = {
      count: (blank?.count ?? 0) + places.length,
      first: blank?.first ?? rowName(chunk, places[0]),
    }
    if (places.length < rowCount(chunk) || chunk.notes) yield without(chunk, places)
  }
  if (blank) tell?.(blankNote(blank))
}

const blankNote = ({ count, first }: Blank): string =>
  count === 1
    ? `nothing stands in ${first}, which is passed over`
    : `${count} rows in which nothing stands are passed over; the first is ${first}`
