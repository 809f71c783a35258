import type { Cell, TableChunk } from '../cell.ts'
import { heldBytes } from '../held-bytes.ts'
import { sheetCells } from './excel-sheets.ts'
import { fixtures } from './fixtures.testing.ts'
import type { ReadTableOptions, TableReader, TableSource } from './reader.ts'

/** Bytes, or a text in UTF-8, in pieces that end at `cuts`, or in one. */
export function sourceOf(data: string | Uint8Array, cuts: readonly number[] = []): TableSource {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].toSorted((a, b) => a - b)
  async function* pieces() {
    let at = 0
    for (const end of ends) {
      yield bytes.subarray(at, end)
      at = end
    }
  }
  return { pieces, stored: () => heldBytes(pieces()), peer: (specifier) => import(specifier), sheetCells }
}

/** A table as pyarrow wrote it. */
export const fixture = (name: keyof typeof fixtures): Uint8Array =>
  Uint8Array.from(atob(fixtures[name]), (one) => one.charCodeAt(0))

/** All chunks of a table. */
export async function collected(chunks: AsyncIterable<TableChunk>): Promise<TableChunk[]> {
  const all: TableChunk[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

/** Everything a reader says of these bytes, its chunks put together. */
export async function readAll(reader: TableReader, source: TableSource, options?: ReadTableOptions) {
  const chunks = await collected(reader.read(source, options))
  const rows: (readonly Cell[])[] = []
  for (const chunk of chunks) {
    if (chunk.first !== rows.length) throw new Error(`chunk ${chunk.first} after ${rows.length} rows`)
    rows.push(...chunk.rows)
  }
  const notes = chunks.flatMap((chunk) => chunk.notes ?? [])
  return {
    columns: chunks[0]?.columns ?? [],
    rows,
    ...(notes.length > 0 && { notes }),
    lines: chunks.flatMap(({ lines }) => lines ?? []),
    sizes: chunks.map(({ rows }) => rows.length),
  }
}
