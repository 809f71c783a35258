import { joinedFloats } from '../../base/arrays.ts'
import { type Dataset, type DatasetAbout, datasetOf, type HeldDataset } from '../dataset.ts'
import type { TableLayout } from './layout.ts'

/** Where the encoded rows of a table go while it is read, and where they are had from afterwards. */
export interface RowStore<Own extends Dataset = Dataset> {
  /** Takes in the next rows [n × width]. */
  add(rows: Float32Array): void
  /** All rows as a data set [count, width]; called once, when all have been added. */
  dataset(about: DatasetAbout): Own | Promise<Own>
  /** Lets go of what was added, where something went wrong. */
  abandon(): void
}

export type OpenRowStore<Own extends Dataset = Dataset> = (layout: TableLayout) => RowStore<Own>

/** Rows in memory. */
export const heldRows: OpenRowStore<HeldDataset<Float32Array>> = ({ width }) => {
  const parts: Float32Array[] = []
  return {
    add(rows) {
      parts.push(rows)
    },
    dataset(about) {
      const data = joinedFloats(parts)
      return datasetOf({ data, shape: [data.length / width, width] }, about)
    },
    abandon() {
      parts.length = 0
    },
  }
}
