/** Intervals of what was filled: of numbers, for levels have no order. */
import { quantile } from '../../base/math/quantile.ts'
import type { Cell } from '../../data/tables/cell.ts'
import type { CellReader } from '../../data/tables/encode.ts'
import type { TableLayout } from '../../data/tables/layout.ts'

/** Ends of intervals as encoded rows [n × width]. */
export interface EncodedIntervals {
  readonly low: Float32Array
  readonly high: Float32Array
}

/** The same as cells [rows][columns]; null where nothing was filled, and where it is no number. @inline */
export interface CellIntervals {
  readonly low: readonly (readonly Cell[])[]
  readonly high: readonly (readonly Cell[])[]
}

/** Draws that quantiles are taken of. */
export const INTERVAL_DRAWS = 200

const isNumber = ({ group, slots }: TableLayout['columns'][number]): boolean =>
  slots.length === 1 && (group === 'real' || group === 'count')

/** The columns that intervals are of, and their places among the modelled ones. */
export const numberColumns = ({ columns }: TableLayout) =>
  columns.flatMap((column, place) => (isNumber(column) ? [{ name: column.name, place }] : []))

/** Quantiles of draws of encoded rows, by the share that is to lie between them. */
export function drawnIntervals(
  samples: readonly Float32Array[],
  rows: Float32Array,
  { width, columns }: TableLayout,
  share: number,
): EncodedIntervals {
  const [low, high] = [Float32Array.from(rows), Float32Array.from(rows)]
  const own = new Float64Array(samples.length)
  for (let from = 0; from < rows.length; from += width)
    for (const column of columns) {
      if (rows[from + column.mask] === 1 || !isNumber(column)) continue
      const at = from + column.slots[0]
      samples.forEach((sample, draw) => {
        own[draw] = sample[at]
      })
      own.sort()
      low[at] = quantile(own, (1 - share) / 2)
      high[at] = quantile(own, (1 + share) / 2)
      low[from + column.mask] = high[from + column.mask] = 1
    }
  return { low, high }
}

/** Writes intervals as cells, where they are of numbers that were missing in `rows`. */
export function intervalCells(
  { low, high }: EncodedIntervals,
  rows: Float32Array,
  { width, columns }: TableLayout,
  read: CellReader,
): CellIntervals {
  const cellsOf = (ends: Float32Array) =>
    Array.from({ length: rows.length / width }, (_, row) =>
      columns.map((column, place) =>
        rows[row * width + column.mask] === 1 || !isNumber(column) ? null : read(ends, row * width, place),
      ),
    )
  return { low: cellsOf(low), high: cellsOf(high) }
}
