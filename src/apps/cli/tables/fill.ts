import { filledTable, type OpenedTableRun, type TableStream, writtenTypes } from '../../../inside.node.ts'
import type { WriteRows } from './output.ts'
import type { tableWatch } from './unread.ts'

interface Filling {
  readonly draws?: number
  readonly samples?: number
  readonly interval?: number
  readonly ahead?: number
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
  const { schema, columns } = table
  for await (const given of together(stream)) {
    const found = await table.impute(given, options)
    options.watch.take(given, found.unread)
    const chunk = found.chunk ?? given
    const tables = options.samples === undefined ? [found.rows] : found.samples
    for (const [at, write] of writers.entries()) {
      const filled = filledTable(chunk, { schema, columns, rows: tables[at], intervals: found.intervals })
      const stored = filled.sources.map((source) => chunk.types?.[source])
      const types = writtenTypes(schema, filled.columns, stored)
      await write({ chunk: { ...chunk, columns: filled.columns }, types, cells: filled.rows })
    }
  }
}
