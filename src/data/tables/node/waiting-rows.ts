import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Cell } from '../cell.ts'
import type { StoredType } from '../stored-type.ts'
import { type TypeTally, typedCell, typeTally } from '../type-tally.ts'
import { largeFile } from './large-files.ts'
import type { WrittenColumn } from './writers/writer.ts'

/** Rows that wait until all of them have been seen, because only then is it known what their columns are. */
export interface WaitingRows {
  add(rows: readonly (readonly Cell[])[]): Promise<void>
  columns(): readonly WrittenColumn[]
  /** All rows, their cells as the columns' types have them. */
  chunks(): AsyncIterable<readonly (readonly Cell[])[]>
  remove(): void
}

const TOGETHER = 4096
/** Cells that are held; of more, all wait in a file. */
const HELD = 1_000_000

async function* linesOf(path: string): AsyncGenerator<readonly (readonly Cell[])[]> {
  let rows: Cell[][] = []
  for await (const line of createInterface({ input: createReadStream(path) })) {
    rows.push(JSON.parse(line) as Cell[])
    if (rows.length < TOGETHER) continue
    yield rows
    rows = []
  }
  yield rows
}

export function waitingRows(
  names: readonly string[],
  types: readonly (StoredType | undefined)[] = [],
): WaitingRows {
  const tallies: readonly TypeTally[] = names.map((_, column) => typeTally(types[column]))
  const held: (readonly Cell[])[] = []
  const file = largeFile()
  let stream: WriteStream | undefined
  const write = async (rows: readonly (readonly Cell[])[]) => {
    stream ??= createWriteStream(file.path, { flags: 'wx', mode: 0o600 })
    if (!stream.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))) await once(stream, 'drain')
  }
  const columns = () => names.map((name, column) => ({ name, type: tallies[column].type() }))
  return {
    columns,
    async add(rows) {
      for (const row of rows) for (const [column, tally] of tallies.entries()) tally.add(row[column])
      held.push(...rows)
      if (held.length * names.length > HELD) await write(held.splice(0))
    },
    async *chunks() {
      const known = columns()
      const typed = (row: readonly Cell[]) => row.map((cell, column) => typedCell(cell, known[column].type))
      if (stream) {
        stream.end()
        await once(stream, 'close')
        for await (const rows of linesOf(file.path)) yield rows.map(typed)
      }
      for (let first = 0; first < held.length; first += TOGETHER)
        yield held.slice(first, first + TOGETHER).map(typed)
    },
    remove() {
      stream?.destroy()
      file.remove()
    },
  }
}
