/** The part of a recipe that says what is minimized besides the reconstruction. */
import * as z from 'zod'
import { weightSchema } from './schedule.ts'

const termSchema = z.looseObject({ term: z.string(), weight: weightSchema })
export type TermSpec = z.infer<typeof termSchema>

export const objectiveSchema = z.strictObject({
  name: z.string().default('vae').describe('the preset it started from'),
  terms: z.array(termSchema),
})
export type ObjectiveSpec = z.infer<typeof objectiveSchema>
