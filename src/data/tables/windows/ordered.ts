import type { Dataset } from '../../dataset.ts'
import type { TableChunk } from '../cell.ts'
import type { TableSchema } from '../schema.ts'
import { windowed } from './dataset.ts'
import { orderingColumns, orderSchema, windowsOf } from './ordering.ts'
import { seriesCollector } from './series.ts'
import type { WindowsChoice } from './windows.ts'

/** A table's order while it is read, and the windows that its rows become. */
export interface Ordering {
  /** Columns that say where a row belongs. */
  readonly columns: readonly string[]
  /** Whether it is known what the column is that orders the rows. */
  readonly isKnown: boolean
  /** Takes what that column is from the schema of all columns. Error: `table/order`. */
  learn(all: TableSchema): void
  /** Takes in where the next rows stand. */
  add(chunk: TableChunk): void
  /** Windows of all rows. Error: `table/order`. */
  windowed(rows: Dataset & { readonly table: TableSchema }): Dataset & { readonly table: TableSchema }
}

/** Error: `table/stride`. */
export function orderedTable(choice: WindowsChoice): Ordering {
  let windows = windowsOf(choice)
  let standing: ReturnType<typeof seriesCollector> | undefined
  return {
    columns: orderingColumns(windows),
    isKnown: windows.schema !== undefined,
    learn(all) {
      windows = { ...windows, schema: orderSchema(windows, all) }
    },
    add(chunk) {
      standing ??= seriesCollector(windows)
      standing.add(chunk)
    },
    windowed: (rows) => windowed(rows, (standing ?? seriesCollector(windows)).series(), windows),
  }
}
