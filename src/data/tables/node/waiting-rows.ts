import { type FileHandle, open } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import type { StoredType } from '../stored-type.ts'
import { type TypeTally, typedCell, typeTally } from '../type-tally.ts'
import { largeFile } from './large-files.ts'
import type { WrittenColumn } from './writers/writer.ts'

type Rows = readonly (readonly unknown[])[]

/** Rows that wait until all of them have been seen, because only then is it known what their columns are. */
export interface WaitingRows {
  add(rows: Rows): Promise<void>
  columns(): readonly WrittenColumn[]
  /** All rows, their cells as the columns' types have them. */
  chunks(): AsyncIterable<Rows>
  remove(): Promise<void>
}

const TOGETHER = 4096
/** Cells that are held; of more, all wait in a file. */
const HELD = 1_000_000

/** Puts rows at the end of a file, after how many bytes they take. */
async function putRows(file: FileHandle, rows: Rows): Promise<void> {
  const bytes = serialize(rows)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  await file.writev([length, bytes])
}

/** Rows of a file, as they were put there. */
async function* rowsIn(file: FileHandle): AsyncGenerator<Rows> {
  const length = Buffer.alloc(4)
  for (let at = 0; (await file.read(length, 0, 4, at)).bytesRead === 4; ) {
    const bytes = Buffer.alloc(length.readUInt32LE())
    await file.read(bytes, 0, bytes.length, at + 4)
    yield deserialize(bytes) as Rows
    at += 4 + bytes.length
  }
}

/** So many rows at a time. */
function* together(rows: Rows): Generator<Rows> {
  for (let first = 0; first < rows.length; first += TOGETHER) yield rows.slice(first, first + TOGETHER)
}

export function waitingRows(
  names: readonly string[],
  types: readonly (StoredType | undefined)[] = [],
): WaitingRows {
  const tallies: readonly TypeTally[] = names.map((_, column) => typeTally(types[column]))
  const held: (readonly unknown[])[] = []
  const file = largeFile()
  let waiting: FileHandle | undefined
  const columns = () =>
    names.map((name, column) => ({ name, type: tallies[column].type(), hasGaps: tallies[column].hasGaps() }))
  return {
    columns,
    async add(rows) {
      for (const row of rows) for (const [column, tally] of tallies.entries()) tally.add(row[column])
      held.push(...rows)
      if (held.length * names.length <= HELD) return
      waiting ??= await open(file.path, 'wx+', 0o600)
      await putRows(waiting, held.splice(0))
    },
    async *chunks() {
      const known = columns()
      const typed = (row: readonly unknown[]) =>
        row.map((cell, column) => typedCell(cell, known[column].type))
      if (waiting)
        for await (const rows of rowsIn(waiting)) for (const some of together(rows)) yield some.map(typed)
      for (const some of together(held)) yield some.map(typed)
    },
    async remove() {
      await waiting?.close()
      file.remove()
    },
  }
}
