import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { type Bearer, carried, find, isPart, registered } from '../../base/parts.ts'
import { firstIssue } from '../../base/schema.ts'
import type { Cell } from './cell.ts'
import { allKinds } from './kinds/index.ts'
import { commonFields, type Encoding } from './kinds/kind.ts'
import { type ColumnKindSpec, checkedNumbers } from './kinds/own.ts'
import type { Told } from './kinds/told.ts'
import type { ColumnSummary } from './tally/summary.ts'

const [firstKind, ...otherKinds] = allKinds

/** A column of a kind that somebody brought: the kind's name, and what the kind keeps of the column. */
const ownColumnSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('own'),
  own: z.string().check(z.minLength(1)),
  fields: z.unknown(),
})

const columnSchemaSchema = z.discriminatedUnion('kind', [
  firstKind.schema,
  ...otherKinds.map(({ schema }) => schema),
  ownColumnSchema,
])

type AnyColumn = z.infer<typeof columnSchemaSchema>
type OwnColumn = Extract<AnyColumn, { kind: 'own' }> & Bearer
/** A column: its name, its kind and the reason for it, the share of its cells that is missing, its kind's fields. @useDeclaredType */
export type ColumnSchema = Exclude<AnyColumn, { kind: 'own' }> | OwnColumn
export type KindName = ColumnSchema['kind']

/** The columns of a table as they are modelled, in their order; plain JSON. */
export const tableSchemaSchema = z.strictObject({
  columns: z.array(columnSchemaSchema),
  /** What its reader left out or took for something, in sentences for people. */
  notes: z.optional(z.array(z.string())),
})
/** The columns of a table as they are modelled, in their order; plain JSON. */
export interface TableSchema {
  columns: ColumnSchema[]
  /** What its reader left out or took for something, in sentences for people. */
  notes?: string[]
}

/** A kind of column, whichever it is. */
export interface ColumnKind {
  readonly name: string
  readonly summary: string
  readonly isFound?: true
  suits(summary: ColumnSummary): string | undefined
  doubt?(summary: ColumnSummary): string | undefined
  fit(summary: ColumnSummary, told?: Told): object | string
  describe(column: ColumnSchema): string
  oddIn?(summary: ColumnSummary): number
  readonly encoding?: Encoding<ColumnSchema>
}

/** Every kind of column, in the order in which they are asked. */
export const columnKinds: readonly ColumnKind[] = allKinds

type OwnKind = ColumnKindSpec<unknown>

const fieldsOf = (column: ColumnSchema): unknown => (column.kind === 'own' ? column.fields : undefined)

/** A kind that somebody brought, as the house's are. */
const housed = (own: OwnKind): ColumnKind => ({
  name: own.name,
  summary: own.summary,
  suits: ({ cells, name }) => (cells.length > 0 ? own.suits?.(cells, name) : undefined),
  fit({ cells }) {
    if (cells.length === 0) return 'every cell is missing'
    const fields = own.fit(cells)
    return typeof fields === 'string'
      ? fields
      : { kind: 'own', own: own.name, fields: z.parse(own.fields, fields) }
  },
  describe: () => own.summary,
  encoding: {
    group: own.numbers,
    slots: (column) => own.size(fieldsOf(column)),
    write(column, { refuse }) {
      const fields = fieldsOf(column)
      const size = own.size(fields)
      return (cell, out, at) => {
        const numbers = own.write(cell, fields)
        if (numbers === undefined) return refuse(cell, own.wanted)
        out.set(checkedNumbers(own, numbers, size), at)
        return true
      }
    },
    ...(own.value && {
      value: (column) => (cell: Cell) => own.value?.(cell, fieldsOf(column)) ?? Number.NaN,
    }),
    read(column) {
      const fields = fieldsOf(column)
      const size = own.size(fields)
      return (values, at) => own.read(Array.from(values.subarray(at, at + size)), fields)
    },
  },
})

/** The kinds that a column may be of: what was brought is asked after those that know it at once, before all others. */
export function kindsWith(bearer: Bearer): readonly ColumnKind[] {
  const all = registered<ColumnKind | OwnKind>('column-kind', columnKinds, bearer)
  if (all.length === columnKinds.length) return columnKinds
  const own = all.flatMap((kind) => (isPart(kind) && !('describe' in kind) ? [housed(kind)] : []))
  const [constant, ...others] = columnKinds
  return [constant, ...own, ...others]
}

/** The kind of a column. Error, usage: `parts/missing` where somebody brought it who is not here. */
export function kindOf(column: ColumnSchema): ColumnKind {
  if (column.kind !== 'own') return columnKinds.find(({ name }) => name === column.kind)!
  const missing = {
    code: 'parts/missing',
    seen: `the column kind "${column.own}" of column "${column.name}", a part that is not here`,
    wanted: 'the part that the training was given',
    fix: 'pass it: { parts: [ … ] }',
  }
  return housed(find<OwnKind>('column-kind', [], column.own, column, missing))
}

/** What a column's kind is called. */
export const kindNameOf = (column: ColumnSchema): string => (column.kind === 'own' ? column.own : column.kind)

/** What is done to a column, in a sentence for people. */
export const describeColumn = (column: ColumnSchema): string => kindOf(column).describe(column)

/** Checks fields that a kind gave for a column. */
export const columnOf = (column: object): ColumnSchema => columnSchemaSchema.parse(column)

/** The same of a kind that may have been brought. */
export const columnBy = (bearer: Bearer, column: object): ColumnSchema => bearing(columnOf(column), bearer)

const bearing = (column: ColumnSchema, bearer: Bearer): ColumnSchema =>
  column.kind === 'own' ? { ...column, ...carried(bearer) } : column

/**
 * A schema whose columns lead to the kinds that were brought; without any it stays as it is.
 *
 * Error, usage: `parts/column-kind` where what is kept of a column is not what its kind keeps.
 */
export function withKinds(schema: TableSchema, bearer: Bearer): TableSchema {
  const columns = schema.columns.map((column) => bearing(column, bearer))
  for (const column of columns) if (column.kind === 'own') checkFields(column)
  return { ...schema, columns }
}

function checkFields(column: OwnColumn): void {
  const own = registered<OwnKind>('column-kind', [], column).find(({ name }) => name === column.own)
  if (!own) return
  const read = z.safeParse(own.fields, column.fields)
  if (read.success) return
  const { at, wanted } = firstIssue(read.error)
  fail({
    code: 'parts/column-kind',
    seen: `column "${column.name}" of the kind "${column.own}" with ${JSON.stringify(column.fields)}`,
    wanted: `${at === '' ? '' : `${at}: `}${wanted}`,
    fix: 'give the kind as it was for the training',
    usage: true,
  })
}
