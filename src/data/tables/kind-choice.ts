import * as z from 'zod/mini'
import { levelSchema } from './levels.ts'
import { columnKinds } from './schema.ts'

const levels = (least: number) => z.readonly(z.array(levelSchema).check(z.minLength(least)))

/**
 * A kind that somebody says a column is of; of one of levels also which they are, of an ordinal one least first, and of
 * dates which of two numbers is the day.
 */
export const kindChoiceSchema = z.union([
  z.enum(columnKinds.map(({ name }) => name)),
  z.strictObject({ kind: z.literal('ordinal'), levels: levels(2) }),
  z.strictObject({ kind: z.enum(['categorical', 'binary']), levels: levels(1) }),
  z.strictObject({ kind: z.literal('datetime'), order: z.enum(['dmy', 'mdy', 'ymd']) }),
])

/** A kind that somebody says a column is of; of an ordinal one also its levels, least first. @useDeclaredType */
export type KindChoice = z.infer<typeof kindChoiceSchema>
