import * as z from 'zod/mini'
import { partRecordSchema } from '../base/part-record.ts'
import type { Part } from '../base/parts.ts'
import { readSafetensors, type Safetensors } from '../data/formats/safetensors.ts'
import type { ModelParts } from '../infer/model-parts.ts'
import { loadKinds } from '../model/load-kinds.ts'
import { type ModelSpec, modelSchema } from '../model/spec.ts'
import { bringingModel } from '../recipe/bring.ts'
import { checkTensors, codeShapes, exampleSchema, modelShapes, readMetadata } from './weights-file.ts'

/** What inference needs of a recipe; how the model was trained may be of any version. */
const recipeSchema = z.object({ model: modelSchema, parts: z.optional(z.array(partRecordSchema)) })

const metadataSchema = z.object({
  recipe: recipeSchema,
  example: exampleSchema,
  /** Files of 0.1.0 do not say it. */
  hasPrior: z.optional(z.boolean()),
})

/**
 * Reads the model alone of what `writeWeights` wrote: a page that opens models has no use for the schema of recipes, of
 * tables and of objectives, which is half of what `readWeights` weighs.
 *
 * Errors: those of `readWeights`, as far as they are about the model.
 */
export async function readModel(bytes: Uint8Array, parts: readonly Part[] = []): Promise<ModelParts> {
  const { tensors, metadata } = readSafetensors(bytes)
  const { recipe, example, hasPrior } = readMetadata(metadataSchema, metadata)
  const { model: spec } = bringingModel(recipe, parts)
  await loadKinds(spec)
  const shapes = [...modelShapes(spec, example), ...codeShapes(spec, tensors)]
  const values = checkTensors(shapes, tensors)
  return { spec, example, values, hasPrior: hasPrior ?? (await hasPriorBy(metadata, spec)) }
}

/** Whether anything holds codes to the prior, by the objective. */
async function hasPriorBy(metadata: Safetensors['metadata'], spec: ModelSpec): Promise<boolean> {
  const { heldToPrior, objectiveSchema } = await import('../objective/objective.ts')
  const schema = z.object({ recipe: z.object({ objective: objectiveSchema }) })
  return heldToPrior(readMetadata(schema, metadata).recipe.objective, spec)
}
