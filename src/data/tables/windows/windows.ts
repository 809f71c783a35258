/** Windows of a table whose rows come in an order: what is said of them in a recipe. */
import * as z from 'zod/mini'
import { type TableSchema, tableSchemaSchema } from '../schema.ts'

/** Rows of a window at most: a row of a model is as many rows of the table. */
const MOST_ROWS = 4096

export const windowsSchema: z.ZodMiniType<WindowsChoice> = z.strictObject({
  order: z
    .string()
    .check(z.minLength(1), z.describe('column by which rows are ordered; windows of them are modelled then')),
  group: z.optional(
    z
      .string()
      .check(z.minLength(1), z.describe('column whose values each have rows in an order of their own')),
  ),
  rows: z.optional(
    z.int().check(z.minimum(2), z.maximum(MOST_ROWS), z.describe('rows of a window (default: 24)')),
  ),
  stride: z.optional(
    z
      .int()
      .check(z.positive(), z.describe('rows from the end of one window to the end of the next (default: 1)')),
  ),
  schema: z
    .optional(tableSchemaSchema)
    .check(z.describe('what the column is that orders them; without it that is found out')),
})

/** Windows of ordered rows, as a recipe holds them; a complete one says all but whose rows they are. @inline */
export interface WindowsChoice {
  order: string
  group?: string | undefined
  rows?: number | undefined
  stride?: number | undefined
  schema?: TableSchema | undefined
}
/** The same with all that may be left out. */
export type Windows = WindowsChoice & { rows: number; stride: number }
