import { blankRows } from '../../data/tables/blank-rows.ts'
import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { missingOf } from '../../data/tables/missing-in.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import { type CellIntervals, numberColumns } from './intervals.ts'

/** What a model says of the cells of its columns [rows][columns]. */
interface Said {
  readonly schema: TableSchema
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A table with what a model says where cells are missing, and the ends of intervals, where there are any, in columns at its end. */
export function filledTable(
  chunk: TableChunk,
  { intervals, ...said }: Said & { readonly intervals?: CellIntervals | undefined },
): { readonly columns: readonly string[]; readonly sources: readonly number[]; readonly rows: Cell[][] } {
  const { schema, columns } = said
  const rows = filledRows(chunk, said)
  if (!intervals) return { columns: chunk.columns, sources: [...chunk.columns.keys()], rows }
  const known = new Set(chunk.columns)
  const ends = numberColumns(tableLayout(schema)).flatMap(({ name, place }) => {
    const source = chunk.columns.indexOf(name)
    const of = (what: 'low' | 'high') => ({ name: freeName(`${name}.${what}`, known), source, place, what })
    return source < 0 || !columns.includes(name) ? [] : [of('low'), of('high')]
  })
  return {
    columns: [...chunk.columns, ...ends.map(({ name }) => name)],
    sources: [...chunk.columns.keys(), ...ends.map(({ source }) => source)],
    rows: rows.map((row, at) => [...row, ...ends.map(({ place, what }) => intervals[what][at][place])]),
  }
}

/** A name that no column has. */
const freeName = (name: string, known: ReadonlySet<string>): string =>
  known.has(name) ? freeName(`${name}_`, known) : name

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
