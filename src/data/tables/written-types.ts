import type { ColumnSchema, TableSchema } from './schema.ts'
import type { StoredType } from './stored-type.ts'

const TEXT: StoredType = { kind: 'text' }

/**
 * What the columns of a table are stored as: what they are where they come from, and text where numbers are written as a
 * program would read others: `1.000` for a thousand is the number 1 to it.
 */
export const writtenTypes = (
  { columns: known }: TableSchema,
  columns: readonly string[],
  types: readonly (StoredType | undefined)[] = [],
): (StoredType | undefined)[] => {
  const misread = new Set(known.filter(isMisread).map(({ name }) => name))
  return columns.map((name, at) => types[at] ?? (misread.has(name) ? TEXT : undefined))
}

function isMisread(column: ColumnSchema): boolean {
  const form = 'form' in column ? column.form : undefined
  return form?.name === 'decimal' && (form.point === ',' || form.group !== undefined)
}
