import { kindOf, type TableSchema } from './schema.ts'

/** Columns that are no part of a model, each with the reason. */
export const leftOutOf = ({ columns }: TableSchema): { name: string; reason: string }[] =>
  columns.flatMap((column) =>
    kindOf(column).encoding === undefined ? [{ name: column.name, reason: column.reason }] : [],
  )
