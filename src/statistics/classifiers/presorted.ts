import { columnsOf } from '../../base/math/columns.ts'

/** Columns of numbers, and the order of their rows. */
export interface SortedColumns {
  readonly count: number
  readonly width: number
  /** `[width, count]`, in the order of the rows. */
  readonly values: Float32Array
  /** `[width, count]`: in each column its rows, by ascending value. */
  readonly order: Int32Array
}

/** Sorts the columns of a table [count, width] once for all trees. float32, as scikit-learn's trees see them. */
export function sortColumns(table: Float64Array, width: number): SortedColumns {
  const count = table.length / width
  const values = new Float32Array(width * count)
  const order = new Int32Array(width * count)
  columnsOf(table, width).forEach((column, feature) => {
    const single = Float32Array.from(column)
    values.set(single, feature * count)
    order.set(
      Int32Array.from(single.keys()).sort((a, b) => single[a] - single[b]),
      feature * count,
    )
  })
  return { count, width, values, order }
}
