/** A run of consecutive rows of a table, which is what one shard of a job works on. */
import type { TableChunk } from './cell.ts'
import { chunkOfColumns, rowCount } from './chunk-columns.ts'
import type { TableStream } from './stream.ts'

/** Rows from `first`, counted from 0. */
export interface RowBlock {
  readonly first: number
  readonly count: number
}

/** One of several equal parts of a job, counted from 1. */
export interface Shard {
  readonly shard: number
  readonly of: number
}

/** The rows of a shard: blocks differ by no more than `unit` rows, and all but the last row's begin at multiples of it. */
export function blockOf(rows: number, { shard, of }: Shard, unit = 1): RowBlock {
  const units = Math.ceil(rows / unit)
  const bound = (place: number) => Math.min(rows, Math.floor((place * units) / of) * unit)
  const first = bound(shard - 1)
  return { first, count: bound(shard) - first }
}

/** Rows of a chunk from `from` up to `to`, which keep their numbers in the table. */
export function chunkPart(chunk: TableChunk, from: number, to: number): TableChunk {
  if (from === 0 && to === rowCount(chunk)) return chunk
  const { columns, byColumn, lines, unread, notes, types, whole } = chunk
  const about = {
    ...{ columns, first: chunk.first + from },
    ...(lines && { lines: lines.slice(from, to) }),
    ...(unread && { unread }),
    ...(notes && { notes }),
    ...(types && { types }),
    ...(whole && {
      whole: {
        ...whole,
        columns: whole.columns.map(({ values, ...column }) => ({
          ...column,
          ...(values && { values: values.slice(from, to) }),
        })),
        ...(whole.records && { records: whole.records.slice(from, to) }),
      },
    }),
  }
  return byColumn
    ? chunkOfColumns(
        about,
        byColumn.map((cells) => cells.slice(from, to)),
      )
    : { ...about, rows: chunk.rows.slice(from, to) }
}

/** The table's rows of one block alone; what stands behind them is not read. */
export function blockOfTable(table: TableStream, { first, count }: RowBlock): TableStream {
  async function* chunks(): AsyncGenerator<TableChunk> {
    const end = first + count
    if (count === 0) return
    for await (const chunk of table.chunks()) {
      const from = Math.max(0, first - chunk.first)
      const to = Math.min(rowCount(chunk), end - chunk.first)
      if (from < to) yield chunkPart(chunk, from, to)
      if (chunk.first + rowCount(chunk) >= end) return
    }
  }
  return { ...table, chunks }
}
