import type { Cell, TableChunk } from './cell.ts'

/** A chunk whose cells are at hand by column; its rows are put together when somebody asks for them. */
export function chunkOfColumns(
  about: Omit<TableChunk, 'rows' | 'byColumn'>,
  byColumn: readonly (readonly Cell[])[],
): TableChunk {
  let rows: readonly (readonly Cell[])[] | undefined
  return {
    ...about,
    byColumn,
    get rows() {
      rows ??= Array.from({ length: byColumn[0]?.length ?? 0 }, (_, row) =>
        byColumn.map((cells) => cells[row]),
      )
      return rows
    },
  }
}

/** How many rows a chunk has. */
export const rowCount = (chunk: TableChunk): number => (chunk.byColumn?.[0] ?? chunk.rows).length

/** The cells of a column of a chunk, by the column's place. */
export function cellsOfColumn(chunk: TableChunk, place: number): readonly Cell[] {
  if (chunk.byColumn) return chunk.byColumn[place]
  const { rows } = chunk
  const cells = new Array<Cell>(rows.length)
  for (let row = 0; row < rows.length; row++) cells[row] = rows[row][place]
  return cells
}
