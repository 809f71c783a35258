import type { Part } from '../base/parts.ts'
import { inFile } from '../data/in-file.ts'
import { readModel } from '../export/read-model.ts'
import type { ModelParts } from '../infer/model-parts.ts'
import type { Trained } from '../recipe/trained.ts'

/** A `weights.safetensors`, and the parts that its names may lead to. */
export interface WeightsFile {
  readonly bytes: Uint8Array
  /** What its errors call it. */
  readonly name?: string
  readonly parts?: readonly Part[]
}

/** What is found where a model is asked for. */
export type Found = Trained | WeightsFile

/** What is read of a file; errors name it where it has a name. */
export const inWeights = <Read>({ name }: WeightsFile, read: () => Read): Read =>
  name === undefined ? read() : inFile(name, read)

/** The part of it that inference needs. Errors: those of `readModel`. */
export async function partsIn(found: Found): Promise<ModelParts> {
  if ('bytes' in found) return inWeights(found, () => readModel(found.bytes, found.parts))
  const { example, values, recipe } = found
  // A page that has trained has it already, and one that has not gives bytes.
  const { heldToPrior } = await import('../objective/objective.ts')
  const hasPrior = await heldToPrior(recipe.objective, recipe.model)
  return { spec: recipe.model, example, values, hasPrior }
}
