import { kindOf, type TableSchema } from './schema.ts'

/** A column that is no part of a model. */
interface LeftOut {
  readonly name: string
  readonly reason: string
  /** The kind by which it would be one, where it has values that differ. */
  readonly kind?: 'real' | 'categorical'
}

/** Columns that are no part of a model, each with the reason. */
export const leftOutOf = ({ columns }: TableSchema): LeftOut[] =>
  columns.flatMap((column): LeftOut[] => {
    const { name, reason } = column
    if (kindOf(column).encoding !== undefined) return []
    if (column.kind !== 'identifier') return [{ name, reason }]
    const { pattern } = column
    const isNumber =
      pattern?.name === 'counted' && `${pattern.before}${pattern.after}` === '' && pattern.digits === 0
    return [{ name, reason, kind: isNumber ? 'real' : 'categorical' }]
  })
