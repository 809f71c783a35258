import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import { isMissing } from '../../data/tables/missing.ts'

/** What a model says of the cells of its columns [rows][columns]. */
interface Said {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Rows of a chunk as they were read, with what a model says where a cell is missing. */
export function filledRows(chunk: TableChunk, { columns, rows }: Said): Cell[][] {
  const places = chunk.columns.map((name) => columns.indexOf(name))
  return chunk.rows.map((row, index) =>
    row.map((cell, at) => (places[at] >= 0 && isMissing(cell) ? rows[index][places[at]] : cell)),
  )
}
