/** Windows of a table's rows, which lie column by column, as numbers over time; and back. */
import type { ConcreteShape } from '../../base/shape.ts'
import { concat } from '../../graph/ops/concat.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { transpose } from '../../graph/ops/transpose.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** Consecutive columns, each of as many numbers a row. @inline */
interface ColumnsAlike {
  readonly columns: number
  readonly slots: number
}

/** Windows of so many rows, laid out as examples are and over time. @inline */
export interface ByTime {
  /** The shape of a window as it is read, [channels, rows]: numbers and masks of its rows. */
  readonly read: ConcreteShape
  /** The shape of what is decoded, [numbers, rows]: without masks. */
  readonly decoded: ConcreteShape
  /** Examples [batch, width] as numbers and masks over time [batch, channels, rows]. */
  overTime(x: Tensor): Tensor
  /** Numbers over time [batch, numbers, rows] as they lie in examples [batch, numbers · rows]. */
  asExamples(y: Tensor): Tensor
}

/** How windows lie in examples: the numbers of each column row by row, then a mask for each column and row. */
export function byTime(rows: number, alike: readonly ColumnsAlike[]): ByTime {
  const masks = alike.reduce((sum, { columns }) => sum + columns, 0)
  const numbers = alike.reduce((sum, { columns, slots }) => sum + columns * slots, 0)
  const channels = numbers + masks
  return {
    read: [channels, rows],
    decoded: [numbers, rows],
    overTime(x) {
      const columns = [...alike, { columns: masks, slots: 1 }]
      const ordered = swapped(x, columns, (own) => [own.columns, rows, own.slots])
      return reshape(ordered, [x.shape[0], channels, rows])
    },
    asExamples(y) {
      const flat = reshape(y, [y.shape[0], numbers * rows])
      return swapped(flat, alike, (own) => [own.columns, own.slots, rows])
    },
  }
}

/** Blocks of x [batch, …], each [columns, a, b] by its extents, as [columns, b, a], one after another. */
function swapped(
  x: Tensor,
  blocks: readonly ColumnsAlike[],
  extents: (own: ColumnsAlike) => readonly [columns: number, a: number, b: number],
): Tensor {
  const [batch] = x.shape
  let from = 0
  const parts = blocks.map((own) => {
    const [columns, a, b] = extents(own)
    const to = from + columns * a * b
    const block = reshape(slice(x, 1, from, to), [batch, columns, a, b])
    from = to
    return reshape(transpose(block, [0, 1, 3, 2]), [batch, columns * a * b])
  })
  return concat(parts, 1)
}
