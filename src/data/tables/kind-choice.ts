import * as z from 'zod/mini'
import { allKinds } from './kinds/index.ts'
import { levelSchema } from './levels.ts'

const levels = (least: number) => z.readonly(z.array(levelSchema).check(z.minLength(least)))

type HouseKind = (typeof allKinds)[number]['name']
/** A kind that is found while reading alone. */
type FoundKind = 'nested'
const isTold = (name: HouseKind): name is Exclude<HouseKind, FoundKind> =>
  !allKinds.some((kind) => kind.name === name && kind.isFound)
/** One that somebody brought; which there are is known where the column is judged. */
const ownName: z.ZodMiniType<string & {}> = z.string().check(z.minLength(1))

/**
 * A kind that somebody says a column is of; of one of levels also which they are, of an ordinal one least first, and of
 * dates which of two numbers is the day, of numbers what stands before their decimals.
 */
const houseChoiceSchema = z.union([
  z.enum(allKinds.map(({ name }) => name).filter(isTold)),
  z.strictObject({ kind: z.literal('ordinal'), levels: levels(2) }),
  z.strictObject({ kind: z.enum(['categorical', 'binary']), levels: levels(1) }),
  z.strictObject({ kind: z.literal('datetime'), order: z.enum(['dmy', 'mdy', 'ymd']) }),
  z.strictObject({ kind: z.enum(['real', 'count']), decimals: z.enum(['comma', 'point']) }),
])
/** The same of the house's kinds. @useDeclaredType @inline */
export type HouseKindChoice = z.infer<typeof houseChoiceSchema>

/** The same of any kind. */
export const kindChoiceSchema = z.union([houseChoiceSchema, ownName])

/** A kind that somebody says a column is of; of an ordinal one also its levels, least first. @useDeclaredType */
export type KindChoice = z.infer<typeof kindChoiceSchema>
