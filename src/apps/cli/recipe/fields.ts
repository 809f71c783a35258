/** What JSON Schema says of the fields of a recipe and of the options of its choices. */
import * as z from 'zod/mini'
import { recipeSchema } from '../../../inside.node.ts'
import type { Bounds } from '../options.ts'

/** The part of JSON Schema that recipes use. */
export interface Field extends Bounds {
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly anyOf?: readonly Field[]
  readonly items?: Field
  readonly properties?: Readonly<Record<string, Field>>
  readonly description?: string
  readonly default?: unknown
}

const fieldsOf = (schema: z.core.$ZodType): Field => z.toJSONSchema(schema, { io: 'input' }) as Field

const recipe = fieldsOf(recipeSchema)

/** The field of a recipe at a dotted path; undefined where the schema leaves it open. */
export const fieldAt = (path: string): Field | undefined =>
  path.split('.').reduce<Field | undefined>((field, key) => field?.properties?.[key], recipe)

/** The options of an architecture, a likelihood, …, by name. */
export const optionFields = (schema: z.core.$ZodType): Readonly<Record<string, Field>> =>
  fieldsOf(schema).properties ?? {}
