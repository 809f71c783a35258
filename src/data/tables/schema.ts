import * as z from 'zod/mini'
import { allKinds } from './kinds/index.ts'
import type { Encoding } from './kinds/kind.ts'
import type { Told } from './kinds/told.ts'
import type { ColumnSummary } from './tally/summary.ts'

const [firstKind, ...otherKinds] = allKinds

const columnSchemaSchema = z.discriminatedUnion('kind', [
  firstKind.schema,
  ...otherKinds.map(({ schema }) => schema),
])

/** A column: its name, its kind and the reason for it, the share of its cells that is missing, its kind's fields. @useDeclaredType */
export type ColumnSchema = z.infer<typeof columnSchemaSchema>
export type KindName = ColumnSchema['kind']

/** The columns of a table as they are modelled, in their order; plain JSON. */
export const tableSchemaSchema = z.strictObject({ columns: z.array(columnSchemaSchema) })
/** The columns of a table as they are modelled, in their order; plain JSON. @useDeclaredType */
export type TableSchema = z.infer<typeof tableSchemaSchema>

/** A kind of column, whichever it is. */
export interface ColumnKind {
  readonly name: KindName
  readonly summary: string
  suits(summary: ColumnSummary): string | undefined
  doubt?(summary: ColumnSummary): string | undefined
  fit(summary: ColumnSummary, told?: Told): object | string
  describe(column: ColumnSchema): string
  readonly encoding?: Encoding<ColumnSchema>
}

/** Every kind of column, in the order in which they are asked. */
export const columnKinds: readonly ColumnKind[] = allKinds

/** The kind of this name, which is one of the list. */
export const kindOf = (name: KindName): ColumnKind => columnKinds.find((kind) => kind.name === name)!

/** What is done to a column, in a sentence for people. */
export const describeColumn = (column: ColumnSchema): string => kindOf(column.kind).describe(column)

/** Checks fields that a kind gave for a column. */
export const columnOf = (column: object): ColumnSchema => columnSchemaSchema.parse(column)
