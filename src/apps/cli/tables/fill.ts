import { filledRows, type OpenedTableRun, type TableStream, writtenTypes } from '../../../inside.node.ts'
import type { WriteRows } from './output.ts'
import type { tableWatch } from './unread.ts'

interface Filling {
  readonly draws?: number
  readonly samples?: number
  readonly signal: AbortSignal
  readonly watch: ReturnType<typeof tableWatch>
}

/** Writes the table with its gaps filled: to one writer their means, to several a draw each. */
export async function fill(
  { table, together }: OpenedTableRun,
  stream: TableStream,
  options: Filling,
  writers: readonly WriteRows[],
): Promise<void> {
  for await (const chunk of together(stream)) {
    const found = await table.impute(chunk, options)
    options.watch.take(chunk, found.unread)
    const tables = options.samples === undefined ? [found.rows] : found.samples
    const types = writtenTypes(table.schema, chunk.columns, chunk.types)
    for (const [at, write] of writers.entries()) {
      const filled = { schema: table.schema, columns: table.columns, rows: tables[at] }
      await write({ chunk, types, cells: filledRows(chunk, filled) })
    }
  }
}
