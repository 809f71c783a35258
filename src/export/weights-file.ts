/** What `weights.safetensors` is: tensors, and metadata that say what they mean. */
import * as z from 'zod/mini'
import { toFloat32 } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { firstIssue } from '../base/schema.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import { conditionWidth } from '../data/condition.ts'
import type { Safetensors } from '../data/formats/safetensors.ts'
import type { Feeds } from '../engine/engine.ts'
import { CODES, CONDITIONS } from '../infer/model-parts.ts'
import { type ExampleType, parametersOf } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'
import { version } from './version.ts'

export const FORMAT = 'betavae'

const extents = z.array(z.int().check(z.positive()))

export const exampleSchema = z.strictObject({
  shape: extents,
  dtype: z.enum(['uint8', 'float32']),
  scaleShape: extents,
})

type Metadata = Safetensors['metadata']

/**
 * Reads those metadata that a schema asks for; each is JSON text.
 *
 * Errors: `export/weights-foreign` for another program's file, `export/weights-metadata`.
 */
export function readMetadata<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  metadata: Metadata,
): z.output<z.ZodMiniObject<Shape>> {
  if (metadata.format !== FORMAT)
    fail({
      code: 'export/weights-foreign',
      seen: `safetensors of the format "${metadata.format ?? 'unknown'}"`,
      wanted: `the format "${FORMAT}"`,
      fix: 'give a weights.safetensors from the model folder of a run',
      usage: true,
    })
  const given = Object.keys(schema.shape).flatMap((key) =>
    key in metadata ? [[key, jsonAt(key, metadata)] as const] : [],
  )
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const { at, wanted } = firstIssue(parsed.error)
  return refuseMetadata(at, wanted, metadata)
}

function jsonAt(key: string, metadata: Metadata): unknown {
  try {
    return JSON.parse(metadata[key])
  } catch {
    return refuseMetadata(key, 'JSON', metadata)
  }
}

const refuseMetadata = (at: string, wanted: string, metadata: Metadata): never =>
  fail({
    code: 'export/weights-metadata',
    seen: `weights whose ${at} cannot be read (wanted ${wanted})`,
    wanted: `recipe, example and data as betavae ${version} writes them`,
    fix: `read the file with the betavae that wrote it (${metadata.version ?? 'version unknown'})`,
  })

/** A tensor's name and its shape. */
export type NamedShape = readonly [name: string, shape: readonly number[]]

/** Shapes of everything that a model's programs are fed besides rows, layer by layer. */
export const modelShapes = (spec: ModelSpec, example: ExampleType): readonly NamedShape[] => [
  ['data.shift', example.scaleShape],
  ['data.scale', example.scaleShape],
  ...parametersOf(spec, example).map(({ name, shape }): NamedShape => [name, shape]),
]

/** Shapes of the codes, and conditions, of training examples that are kept. Models of earlier versions keep none. */
export function codeShapes(
  { latent, condition }: ModelSpec,
  { [CODES]: codes, [CONDITIONS]: conditions }: Feeds,
): readonly NamedShape[] {
  return [
    ...(codes ? [[CODES, [codes.shape[0], latent.size]] as const] : []),
    ...(condition && conditions
      ? [[CONDITIONS, [conditions.shape[0], conditionWidth(condition)]] as const]
      : []),
  ]
}

/** Tensors of these shapes, as float32. Errors: `export/weights-missing`, `export/weights-shape`. */
export const checkTensors = (shapes: readonly NamedShape[], given: Feeds): Feeds =>
  Object.fromEntries(shapes.map(([name, shape]) => [name, checkTensor(name, shape, given)]))

function checkTensor(name: string, shape: readonly number[], { [name]: tensor }: Feeds) {
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
  return { data: toFloat32(tensor.data), shape }
}
