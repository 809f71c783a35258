import * as z from 'zod/mini'
import type { Part } from '../base/parts.ts'
import { readSafetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import type { Feeds } from '../engine/engine.ts'
import { CODES } from '../infer/model-parts.ts'
import { detectorShapes } from '../infer/tables/detecting.ts'
import { drawnShapes } from '../infer/tables/drawn-names.ts'
import { gapShapes } from '../infer/tables/kept-gaps.ts'
import { RULES } from '../infer/tables/rules-name.ts'
import { seenShapes } from '../infer/tables/seen-columns.ts'
import { HELD_OUT_SCORES, TRAINED_SCORES } from '../infer/tables/usual.ts'
import { seriesShapes } from '../infer/tables/windows/kept.ts'
import { holdsToPrior, readObjective } from '../objective/objective.ts'
import { traceObjective } from '../objective/trace.ts'
import { bringing } from '../recipe/bringing.ts'
import { loadRecipe } from '../recipe/load.ts'
import { recipeSchema } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { version } from './version.ts'
import {
  checkTensors,
  codeShapes,
  exampleSchema,
  FORMAT,
  modelShapes,
  type NamedShape,
  readMetadata,
} from './weights-file.ts'

const factsSchema = z.strictObject({
  name: z.string(),
  trainCount: z.int().check(z.positive()),
  columns: z.optional(z.array(z.string())),
})

/** What stands beside the tensors: all that says what they mean. */
const metadataSchema = z.object({
  recipe: recipeSchema,
  example: exampleSchema,
  data: factsSchema,
})

type Meaning = Omit<Trained, 'values'>

/** Shapes of what the opponents of a model's terms are made of, layer by layer. */
function opponentShapes({ recipe, example, data }: Meaning): readonly NamedShape[] {
  const { players } = traceObjective({
    spec: recipe.model,
    example,
    terms: readObjective(recipe.objective, recipe.model),
    batch: recipe.training.batch,
    examples: data.trainCount,
  })
  const [, ...opponents] = players
  return opponents.flatMap(({ parameters }) => parameters.map(({ name, shape }): NamedShape => [name, shape]))
}

/** Shapes of what is kept of the training examples. Models of earlier versions keep less, so it is what there is. */
function keptShapes({ recipe: { model } }: Meaning, given: Feeds): readonly NamedShape[] {
  const codes = codeShapes(model, given)
  const examples = given[CODES]?.shape[0]
  if (examples === undefined) return codes
  const kept: readonly NamedShape[] = [
    ...seenShapes(model, examples),
    [HELD_OUT_SCORES, [given[HELD_OUT_SCORES]?.shape[0] ?? 0]],
    ...gapShapes(given),
    ...drawnShapes(given),
    [RULES, [given[RULES]?.shape[0] ?? 0]],
    [TRAINED_SCORES, [given[TRAINED_SCORES]?.shape[0] ?? 0]],
    ...detectorShapes(given),
    ...seriesShapes(given),
  ]
  return [...codes, ...kept.filter(([name]) => given[name])]
}

/** The tensors that a model needs, as float32, checked. Errors: `export/weights-missing`, `export/weights-shape`. */
const trainedTensors = (trained: Meaning, given: Feeds): Feeds =>
  checkTensors(
    [
      ...modelShapes(trained.recipe.model, trained.example),
      ...opponentShapes(trained),
      ...keptShapes(trained, given),
    ],
    given,
  )

/**
 * A finished training as one safetensors file: float32 tensors, and as metadata recipe, example type, data facts, and
 * whether anything held codes to the prior.
 *
 * The same training gives the same bytes.
 */
export function writeWeights({ values, ...trained }: Trained): Uint8Array {
  const { recipe, example, data } = trained
  return writeSafetensors(trainedTensors(trained, values), {
    format: FORMAT,
    version,
    recipe: JSON.stringify(recipe),
    example: JSON.stringify(example),
    data: JSON.stringify(data),
    hasPrior: JSON.stringify(holdsToPrior(recipe.objective, recipe.model)),
  })
}

/**
 * Reads what `writeWeights` wrote; tensors that the model does not have are left out. Its recipe's names lead to `parts`,
 * too.
 *
 * Errors: `export/weights-foreign` for another program's file, `export/weights-metadata`, `export/weights-missing`,
 * `export/weights-shape`, and those of `readSafetensors`.
 */
export async function readWeights(bytes: Uint8Array, parts: readonly Part[] = []): Promise<Trained> {
  const { tensors, metadata } = readSafetensors(bytes)
  const read = readMetadata(metadataSchema, metadata)
  const recipe = bringing(read.recipe, parts)
  await loadRecipe(recipe)
  const trained = { ...read, recipe }
  return { ...trained, values: trainedTensors(trained, tensors) }
}
