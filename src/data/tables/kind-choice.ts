import * as z from 'zod'
import { levelSchema } from './levels.ts'
import { columnKinds } from './schema.ts'

/** A kind that somebody says a column is of; of an ordinal one also its levels, least first. */
export const kindChoiceSchema = z.union([
  z.enum(columnKinds.map(({ name }) => name)),
  z.strictObject({ kind: z.literal('ordinal'), levels: z.array(levelSchema).min(2).readonly() }),
])

/** A kind that somebody says a column is of; of an ordinal one also its levels, least first. @useDeclaredType */
export type KindChoice = z.infer<typeof kindChoiceSchema>
