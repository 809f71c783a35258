import {
  type Cell,
  type Dataset,
  type OpenedRun,
  type RowBlock,
  rowsInChunk,
  shortest,
} from '../../../inside.node.ts'
import type { Writing } from '../tables/output.ts'
import type { Sheet } from './sheet.ts'

/** What a run's model is to make of some rows. */
interface Reading<Values> {
  readonly run: OpenedRun
  readonly dataset: Dataset
  /** The numbers of some rows, one after another. */
  readonly indices: Uint32Array
  readonly values: Values
  readonly signal: AbortSignal
}

/** How lines are made of rows. */
export interface PerRow<Values> {
  /** Rows that pass through the engine together: what comes of a row may depend on them in its last bits. */
  readonly together: number
  sheetOf(reading: Reading<Values>): Promise<Sheet>
}

/** Lines of a block of rows, part by part, since the data may be larger than memory. */
export async function* sheetsOf<Values>(
  { together, sheetOf }: PerRow<Values>,
  reading: Omit<Reading<Values>, 'indices'>,
  rows: RowBlock,
): AsyncGenerator<Sheet> {
  const inChunk = rowsInChunk(reading.dataset)
  const most = inChunk - (inChunk % Math.min(together, inChunk))
  const end = rows.first + rows.count
  for (let first = rows.first; first < end; first += most) {
    const indices = Uint32Array.from({ length: Math.min(most, end - first) }, (_, i) => first + i)
    yield await sheetOf({ ...reading, indices })
  }
}

export const writeSheets = (write: Writing, sheets: AsyncIterable<Sheet>): Promise<void> =>
  write(async (rows) => {
    for await (const sheet of sheets) await rows({ columns: sheet.columns, rows: cellsOf(sheet) })
  })

/** The numbers of each line, as they are written: those of float32 with no more digits than tell them apart. */
function cellsOf({ columns, rows: { data } }: Sheet): Cell[][] {
  const asIs =
    data instanceof Float32Array ? (value: number) => Number(shortest(value)) : (value: number) => value
  return Array.from({ length: data.length / columns.length }, (_, row) =>
    Array.from(data.subarray(row * columns.length, (row + 1) * columns.length), asIs),
  )
}
