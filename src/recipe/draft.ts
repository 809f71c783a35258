import * as z from 'zod'
import { checked, type RecipeDraft, recipeSchema } from './recipe.ts'

const { version, data, model, objective, training, engine, parts } = recipeSchema.shape

const draftSchema = z.strictObject({
  version,
  data: data.partial({ binarize: true, scaling: true }),
  model: model.partial().optional(),
  objective: objective.partial().optional(),
  training: training.partial().extend({ epochs: z.int().positive().optional() }).optional(),
  engine,
  parts,
})

/** Checks a recipe that may have gaps, such as one from a file; the gaps stay. Error: `recipe/invalid`. */
export function checkDraft(value: unknown): RecipeDraft {
  checked(draftSchema, value)
  return value as RecipeDraft
}
