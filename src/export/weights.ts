import * as z from 'zod/mini'
import { toFloat32 } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { Part } from '../base/parts.ts'
import { firstIssue, jsonText } from '../base/schema.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import { readSafetensors, type Safetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import type { Feeds } from '../engine/engine.ts'
import { CODES } from '../infer/codes.ts'
import { seenShapes } from '../infer/tables/seen-columns.ts'
import { HELD_OUT_SCORES } from '../infer/tables/usual.ts'
import { readObjective } from '../objective/objective.ts'
import { traceObjective } from '../objective/trace.ts'
import { bringing } from '../recipe/bring.ts'
import { recipeSchema } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { version } from './version.ts'

const FORMAT = 'betavae'

const extents = z.array(z.int().check(z.positive()))

const exampleSchema = z.strictObject({
  shape: extents,
  dtype: z.enum(['uint8', 'float32']),
  scaleShape: extents,
})

const factsSchema = z.strictObject({
  name: z.string(),
  trainCount: z.int().check(z.positive()),
  columns: z.optional(z.array(z.string())),
})

/** What stands beside the tensors: all that says what they mean, as JSON text. */
const metadataSchema = z.object({
  recipe: jsonText(recipeSchema),
  example: jsonText(exampleSchema),
  data: jsonText(factsSchema),
})

/** Shapes of everything that a model's programs are fed besides rows, and its terms' opponents, layer by layer. */
function tensorShapes({ recipe, example, data }: Omit<Trained, 'values'>): [string, readonly number[]][] {
  const { players } = traceObjective({
    spec: recipe.model,
    example,
    terms: readObjective(recipe.objective, recipe.model),
    batch: recipe.training.batch,
    examples: data.trainCount,
  })
  return [
    ['data.shift', example.scaleShape],
    ['data.scale', example.scaleShape],
    ...players.flatMap(({ parameters }) =>
      parameters.map(({ name, shape }): [string, readonly number[]] => [name, shape]),
    ),
  ]
}

/** Shapes of what is kept of the training examples. Models of earlier versions keep less, so it is what there is. */
function keptShapes(
  { recipe: { model } }: Omit<Trained, 'values'>,
  given: Feeds,
): [string, readonly number[]][] {
  const examples = given[CODES]?.shape[0]
  if (examples === undefined) return []
  const kept: [string, readonly number[]][] = [
    [CODES, [examples, model.latent.size]],
    ...seenShapes(model, examples),
    [HELD_OUT_SCORES, [given[HELD_OUT_SCORES]?.shape[0] ?? 0]],
  ]
  return kept.filter(([name]) => given[name])
}

/** The tensors that a model needs, as float32, checked. Errors: `export/weights-missing`, `export/weights-shape`. */
function checkTensors(trained: Omit<Trained, 'values'>, given: Feeds): Feeds {
  const tensors = [...tensorShapes(trained), ...keptShapes(trained, given)].map(([name, shape]) => {
    const tensor = given[name]
    if (!tensor)
      return fail({
        code: 'export/weights-missing',
        seen: `weights without the tensor "${name}"`,
        wanted: `"${name}" of shape ${formatShape(shape)}, as the recipe says`,
        fix: 'use the weights as they were written',
      })
    if (!sameShape(tensor.shape, shape))
      return fail({
        code: 'export/weights-shape',
        seen: `the tensor "${name}" of shape ${formatShape(tensor.shape)}`,
        wanted: `${formatShape(shape)}, as the recipe says`,
        fix: 'use the weights as they were written',
      })
    return [name, { data: toFloat32(tensor.data), shape }] as const
  })
  return Object.fromEntries(tensors)
}

/**
 * A finished training as one safetensors file: float32 tensors, and recipe, example type and data facts as metadata.
 *
 * The same training gives the same bytes.
 */
export function writeWeights({ values, ...trained }: Trained): Uint8Array {
  const { recipe, example, data } = trained
  return writeSafetensors(checkTensors(trained, values), {
    format: FORMAT,
    version,
    recipe: JSON.stringify(recipe),
    example: JSON.stringify(example),
    data: JSON.stringify(data),
  })
}

/**
 * Reads what `writeWeights` wrote; tensors that the model does not have are left out. Its recipe's names lead to `parts`,
 * too.
 *
 * Errors: `export/weights-foreign` for another program's file, `export/weights-metadata`, `export/weights-missing`,
 * `export/weights-shape`, and those of `readSafetensors`.
 */
export function readWeights(bytes: Uint8Array, parts: readonly Part[] = []): Trained {
  const { tensors, metadata } = readSafetensors(bytes)
  const read = readMetadata(metadata)
  const trained = { ...read, recipe: bringing(read.recipe, parts) }
  return { ...trained, values: checkTensors(trained, tensors) }
}

function readMetadata(metadata: Safetensors['metadata']): Omit<Trained, 'values'> {
  if (metadata.format !== FORMAT)
    fail({
      code: 'export/weights-foreign',
      seen: `safetensors of the format "${metadata.format ?? 'unknown'}"`,
      wanted: `the format "${FORMAT}"`,
      fix: 'give a weights.safetensors from the model folder of a run',
      usage: true,
    })
  const parsed = metadataSchema.safeParse(metadata)
  if (parsed.success) return parsed.data
  const { at, wanted } = firstIssue(parsed.error)
  return fail({
    code: 'export/weights-metadata',
    seen: `weights whose ${at} cannot be read (wanted ${wanted})`,
    wanted: `recipe, example and data as betavae ${version} writes them`,
    fix: `read the file with the betavae that wrote it (${metadata.version ?? 'version unknown'})`,
  })
}
