import { z } from 'zod'
import { toFloat32 } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { jsonText } from '../base/schema.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import { readSafetensors, type Safetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import type { Feeds } from '../engine/engine.ts'
import { type ExampleType, traceAutoencoder } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'
import { recipeSchema } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { version } from './version.ts'

const FORMAT = 'betavae'

const extents = z.array(z.int().positive())

const exampleSchema = z.strictObject({
  shape: extents,
  dtype: z.enum(['uint8', 'float32']),
  scaleShape: extents,
})

const factsSchema = z.strictObject({
  name: z.string(),
  trainCount: z.int().positive(),
  columns: z.array(z.string()).optional(),
})

/** What stands beside the tensors: all that says what they mean, as JSON text. */
const metadataSchema = z.object({
  recipe: jsonText(recipeSchema),
  example: jsonText(exampleSchema),
  data: jsonText(factsSchema),
})

/** Shapes of everything that a model's programs are fed besides rows, in the order of its layers. */
function tensorShapes(spec: ModelSpec, example: ExampleType): [string, readonly number[]][] {
  const { parameters } = traceAutoencoder(spec, example, 'batch')
  return [
    ['data.shift', example.scaleShape],
    ['data.scale', example.scaleShape],
    ...parameters.map(({ name, shape }): [string, readonly number[]] => [name, shape]),
  ]
}

/** The tensors that a model needs, as float32, checked. Errors: `export/weights-missing`, `export/weights-shape`. */
function checkTensors(spec: ModelSpec, example: ExampleType, given: Feeds): Feeds {
  const tensors = tensorShapes(spec, example).map(([name, shape]) => {
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
export function writeWeights({ recipe, example, data, values }: Trained): Uint8Array {
  return writeSafetensors(checkTensors(recipe.model, example, values), {
    format: FORMAT,
    version,
    recipe: JSON.stringify(recipe),
    example: JSON.stringify(example),
    data: JSON.stringify(data),
  })
}

/**
 * Reads what `writeWeights` wrote; tensors that the model does not have are left out.
 *
 * Errors: `export/weights-foreign` for another program's file, `export/weights-metadata`, `export/weights-missing`,
 * `export/weights-shape`, and those of `readSafetensors`.
 */
export function readWeights(bytes: Uint8Array): Trained {
  const { tensors, metadata } = readSafetensors(bytes)
  const { recipe, example, data } = readMetadata(metadata)
  return { recipe, example, data, values: checkTensors(recipe.model, example, tensors) }
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
  const [{ path, message }] = parsed.error.issues
  return fail({
    code: 'export/weights-metadata',
    seen: `weights whose ${path.join('.')} cannot be read (${message})`,
    wanted: `recipe, example and data as betavae ${version} writes them`,
    fix: `read the file with the betavae that wrote it (${metadata.version ?? 'version unknown'})`,
  })
}
