import { encodedColumns, type TableLayout } from '../../data/tables/layout.ts'

/** Where the nats of each column stand among those of a row: one for each number, of a categorical column one in all. */
export interface ColumnEntries {
  /** Place of the column in the schema's order of modelled columns. */
  readonly column: number
  readonly from: number
  readonly to: number
}

/** The entries of each column, in the order of their slots, and how many there are in a row. */
export function entriesOf(layout: TableLayout): {
  readonly columns: readonly ColumnEntries[]
  readonly count: number
} {
  const order = layout.columns
    .map(({ mask }, column) => ({ mask, column }))
    .toSorted((a, b) => a.mask - b.mask)
    .map(({ column }) => column)
  let from = 0
  const columns = encodedColumns(layout).map(({ group, slots }, place) => {
    const to = from + (group === 'categorical' ? 1 : slots)
    const entry = { column: order[place], from, to }
    from = to
    return entry
  })
  return { columns, count: from }
}
