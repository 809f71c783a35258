import type { Cell, TableChunk } from './cell.ts'
import { type EncodeOptions, rowDecoder, rowEncoder } from './encode.ts'
import { type InferOptions, inferSchema } from './infer-schema.ts'
import type { ColumnSchema, TableSchema } from './schema.ts'

/** Rows as a stream of chunks, as a reader gives them. */
export async function* chunksOf(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  size = 7,
): AsyncGenerator<TableChunk> {
  for (let first = 0; first < rows.length; first += size)
    yield { columns, first, rows: rows.slice(first, first + size), lines: lineNumbers(first, size) }
}

/** Lines of rows below a line of column names. */
const lineNumbers = (first: number, size: number) => Array.from({ length: size }, (_, row) => first + row + 2)

export const schemaOf = (
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  options?: InferOptions,
) => inferSchema(chunksOf(columns, rows), options)

/** What is inferred of a column called x. */
export async function columnOfCells(cells: readonly Cell[], options?: InferOptions): Promise<ColumnSchema> {
  const { columns } = await schemaOf(
    ['x'],
    cells.map((cell) => [cell]),
    options,
  )
  return columns[0]
}

/** A schema of one column called x. */
export const schemaOfCells = async (
  cells: readonly Cell[],
  options?: InferOptions,
): Promise<TableSchema> => ({
  columns: [await columnOfCells(cells, options)],
})

/** Cells of column x as encoded rows. */
export const encodeCells = (
  schema: TableSchema,
  cells: readonly Cell[],
  options?: EncodeOptions,
): Float32Array =>
  rowEncoder(schema, options)({ columns: ['x'], first: 0, rows: cells.map((cell) => [cell]) })

/** Cells of column x as they come back. */
export const thereAndBack = (schema: TableSchema, cells: readonly Cell[]): Cell[] =>
  rowDecoder(schema)(encodeCells(schema, cells)).map(([cell]) => cell)

/** `count` numbers of a distribution, given by its quantile function, at even steps of probability. */
export const spread = (count: number, quantile: (share: number) => number): number[] =>
  Array.from({ length: count }, (_, at) => quantile((at + 0.5) / count))
