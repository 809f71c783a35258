import * as z from 'zod/mini'
import type { Cell } from '../cell.ts'
import { type Level, levelSchema } from '../levels.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import type { Told } from './told.ts'

/** The parts of an encoded row; each holds its slots side by side. */
export const slotGroups = ['real', 'count', 'binary', 'categorical'] as const
export type SlotGroup = (typeof slotGroups)[number]

/** What a column of any kind says of itself. */
export const commonFields = {
  name: z.string(),
  /** Share of rows in which it is missing. */
  missing: z.number().check(z.minimum(0), z.maximum(1)),
  /** Why it is of its kind. */
  reason: z.string(),
  /** Values that stand for missing. */
  absent: z.optional(z.readonly(z.array(levelSchema))),
  /** The word that gaps are mostly written as; absent where they are empty. */
  gap: z.optional(z.string()),
  /** How many cells are odd ones: there, but nothing of the kind; they count as missing, and stay as they are. */
  odd: z.optional(z.int().check(z.positive())),
}

/** A column of a kind: what all columns say, and the kind's own fields. */
export type ColumnOf<Name extends string, Fields> = {
  readonly name: string
  readonly kind: Name
  readonly missing: number
  readonly reason: string
  readonly absent?: readonly Level[]
  readonly gap?: string
  readonly odd?: number
} & Readonly<Fields>

/** What a writer does with a cell that it cannot write. */
export interface Trouble {
  /** A cell that is nothing of the kind: fails, naming its place (`table/cell`), or has it count as missing. */
  refuse(cell: Cell, wanted: string): false
  /** A level never seen: fails (`table/unseen-level`), or has the cell count as missing. */
  unseen(cell: Cell, levels: readonly Level[]): false
}

/** Puts a cell that is not missing into `out` from `at` on; false where it counts as missing. */
export type Write = (cell: Cell, out: Float32Array | Float64Array, at: number) => boolean

/** The cell that the values from `at` on stand for. */
export type Read = (values: Float32Array | Float64Array, at: number) => Cell

/** How cells become numbers and come back. @inline */
export interface ReadOptions {
  /** Whether numbers are held within the range seen. */
  readonly clip?: boolean
  /**
   * A number from 0 to below 1 for the slot at a place of the values, by which one of several rare levels is drawn; without
   * it cells are the likeliest.
   */
  readonly chance?: (at: number) => number
  /** Whether numbers stay numbers, however their column writes them. */
  readonly plain?: boolean
  /** Whether means may stand between two levels that are numbers with decimals, as in columns of more of them. @internal */
  readonly means?: boolean
}

/** How a column of a modelled kind stands in an encoded row. */
export interface Encoding<Column> {
  readonly group: SlotGroup
  /** Number of value slots. */
  slots(column: Column): number
  write(column: Column, trouble: Trouble): Write
  /** The numbers that cells stand for, NaN where one stands for none; absent where the kind is one of levels. */
  value?(column: Column): (cell: Cell) => number
  read(column: Column, options: ReadOptions): Read
}

interface Definition<Name extends string, Shape extends z.core.$ZodShape> {
  readonly name: Name
  readonly summary: string
  /** True where it is found while reading alone: nobody can say that a column is of it. */
  readonly isFound?: true
  readonly fields: Shape
  /** Why a column is of this kind; undefined where it is not. The first kind of the list to answer has it. */
  suits(summary: ColumnSummary): string | undefined
  /** Why a column of another kind could be of this one; undefined where nobody would think so. */
  doubt?(summary: ColumnSummary): string | undefined
  /** The kind's fields for a column; a text says why it cannot be of this kind. */
  fit(summary: ColumnSummary, told?: Told): z.output<z.ZodMiniObject<Shape>> | string
  /** What is done to a column, for people. */
  describe(column: ColumnOf<Name, z.output<z.ZodMiniObject<Shape>>>): string
  /** How many cells of a column of this kind are nothing of the kind; default: none. */
  oddIn?(summary: ColumnSummary): number
  /** Absent where columns are left out of the model. */
  readonly encoding?: Encoding<ColumnOf<Name, z.output<z.ZodMiniObject<Shape>>>>
}

/** A kind of column with its schema; adding one is a file and a line in the index. */
export const defineKind = <Name extends string, Shape extends z.core.$ZodShape>(
  kind: Definition<Name, Shape>,
) => ({
  ...kind,
  schema: z.strictObject({ ...commonFields, kind: z.literal(kind.name), ...kind.fields }),
})
