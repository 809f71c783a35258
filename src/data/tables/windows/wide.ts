/** A window as one row of a wider table: each column as often as the window has rows. */
import type { TableLayout } from '../layout.ts'
import type { TableSchema } from '../schema.ts'

/** The schema of windows of so many rows: of each column its oldest row first. */
export const wideSchema = ({ columns }: TableSchema, rows: number): TableSchema => ({
  columns: columns.flatMap((column) =>
    Array.from({ length: rows }, (_, row) => ({ ...column, name: `${column.name}[${row - rows + 1}]` })),
  ),
})

/** Where each number of a window comes from: which of its rows, the oldest being 0, and which number of that. */
export interface WindowMap {
  readonly rows: number
  readonly row: Uint32Array
  readonly slot: Uint32Array
}

export function windowMap(narrow: TableLayout, wide: TableLayout, rows: number): WindowMap {
  const row = new Uint32Array(wide.width)
  const slot = new Uint32Array(wide.width)
  wide.columns.forEach(({ slots, mask }, place) => {
    const own = narrow.columns[Math.floor(place / rows)]
    slots.forEach((at, number) => {
      row[at] = place % rows
      slot[at] = own.slots[number]
    })
    row[mask] = place % rows
    slot[mask] = own.mask
  })
  return { rows, row, slot }
}

/**
 * Puts a window into `out` from `at` on: the rows of `data` [n × width] from the `first`-th, of which there are `count`, at
 * its end; what is before them is missing.
 */
export function gather(
  { rows, row, slot }: WindowMap,
  { data, width }: { readonly data: ArrayLike<number>; readonly width: number },
  { first, count }: { readonly first: number; readonly count: number },
  out: Float32Array,
  at: number,
): void {
  const before = rows - count
  for (let number = 0; number < row.length; number++) {
    const own = row[number] - before
    out[at + number] = own < 0 ? 0 : data[(first + own) * width + slot[number]]
  }
}
