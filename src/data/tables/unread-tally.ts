import type { UnreadCell } from './encode.ts'

/** Cells of a column that cannot be read. */
export interface UnreadCount {
  readonly column: string
  readonly cells: number
  /** The first of them, in a row counted from 1. */
  readonly first: { readonly row: number; readonly cell: UnreadCell['cell'] }
}

/** Counts cells that count as missing because they cannot be read, by column, in the order in which columns come up. */
export function unreadTally() {
  const columns = new Map<string, { cells: number; readonly first: UnreadCount['first'] }>()
  return {
    add({ column, row, cell }: UnreadCell): void {
      const known = columns.get(column)
      if (known === undefined) columns.set(column, { cells: 1, first: { row: row + 1, cell } })
      else known.cells++
    },
    counts: (): readonly UnreadCount[] => [...columns].map(([column, own]) => ({ column, ...own })),
  }
}
