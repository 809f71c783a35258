/** The part of a recipe that says what is minimized besides the reconstruction. */
import * as z from 'zod/mini'
import { weightSchema } from './schedule.ts'

const termSchema = z.looseObject({ term: z.string(), weight: weightSchema })
export type TermSpec = z.infer<typeof termSchema>

export const objectiveSchema = z.strictObject({
  name: z._default(z.string().check(z.describe('the preset it started from')), 'vae'),
  terms: z.array(termSchema),
})
export type ObjectiveSpec = z.infer<typeof objectiveSchema>
