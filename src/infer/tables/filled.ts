import { blankRows } from '../../data/tables/blank-rows.ts'
import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import { missingOf } from '../../data/tables/missing-in.ts'
import type { TableSchema } from '../../data/tables/schema.ts'

/** What a model says of the cells of its columns [rows][columns]. */
interface Said {
  readonly schema: TableSchema
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Rows of a chunk as they were read, with what a model says where a cell is missing; rows without any cell stay so. */
export function filledRows(chunk: TableChunk, { schema, columns, rows }: Said): Cell[][] {
  const isMissing = missingOf(schema, chunk.columns)
  const places = chunk.columns.map((name) => columns.indexOf(name))
  const blank = new Set(blankRows(chunk))
  return chunk.rows.map((row, index) =>
    blank.has(index)
      ? [...row]
      : row.map((cell, at) => (places[at] >= 0 && isMissing[at](cell) ? rows[index][places[at]] : cell)),
  )
}
