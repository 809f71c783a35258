import { tableLayout } from './layout.ts'
import type { ColumnSchema, TableSchema } from './schema.ts'

/** Names for the numbers of an encoded row [width]: a column's, its levels', and whether it is known. */
export function slotNames(schema: TableSchema): string[] {
  const layout = tableLayout(schema)
  const names = new Array<string>(layout.width).fill('')
  for (const { name, slots, mask } of layout.columns) {
    const column = schema.columns.find((candidate) => candidate.name === name)
    slots.forEach((slot, at) => {
      names[slot] = slots.length === 1 ? name : `${name}: ${partName(column, at)}`
    })
    names[mask] = `${name} known`
  }
  return names
}

/** A level of a categorical column; another part by its number. */
function partName(column: ColumnSchema | undefined, at: number): string {
  const levels = column?.kind === 'categorical' ? column.levels : []
  return String(levels[at] ?? (column?.kind === 'categorical' ? column.other : undefined) ?? at + 1)
}
