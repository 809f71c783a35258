import type { Dim } from '../base/shape.ts'
import { lower } from '../graph/onnx/lower.ts'
import { cast } from '../graph/ops/cast.ts'
import { input } from '../graph/ops/input.ts'
import { type Program, program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { decoderOutputs, encoderOutputs } from '../model/autoencoder.ts'
import { codesOfLevels, levelsOfCodes } from '../model/levels.ts'
import type { ModelSpec } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'
import type { Trained } from '../recipe/trained.ts'
import { version } from './version.ts'

/** What an ONNX file of a model is: its halves, and of discrete codes what makes them of their levels. */
interface InferencePrograms<Form> {
  readonly encoder: Form
  readonly decoder: Form
  readonly levels?: Form
}

/** The two halves of a model as programs; everything but rows and codes is a parameter or a scaling. */
export function inferencePrograms({
  recipe: { model },
  example,
}: Pick<Trained, 'recipe' | 'example'>): InferencePrograms<Program> {
  const trace = newTrace()
  const encoded = encoderOutputs(model, example, trace)
  const levels = levelsOfCodes(model, encoded.mean, trace)
  return {
    encoder: program('encoder', { ...encoded, ...(levels && { levels: cast(levels, 'int32') }) }),
    decoder: program('decoder', decoderOutputs(model, example)),
    ...(levels && { levels: levelsProgram(model, levels.shape[1]) }),
  }
}

/** Codes `z` of the numbers of their levels. */
function levelsProgram(model: ModelSpec, variables: Dim): Program {
  const levels = cast(input('levels', ['batch', variables], 'int32'), 'float32')
  return program('levels', { z: codesOfLevels(model, levels, newTrace()) as Tensor })
}

/**
 * A trained model, or what its training gave, as two ONNX files that need nothing of this package.
 *
 * Encoder: `x` [batch, ...example], rows as stored, to `mean` and, where codes are drawn, `logVariance` [batch,
 * latent]. Decoder: `z` [batch, latent] to `reconstruction` [batch, ...example], E[x|z] in the units of the rows.
 * Where codes are discrete the encoder gives the numbers of their `levels` [batch, variables], too, and a third file takes
 * those to `z`. A conditional model's files take `condition` [batch, width], too, as its card describes. Metadata: `betavae`, the
 * version, and `recipe` as JSON. The same training gives the same bytes.
 *
 * @example
 * ```ts
 * import { exportOnnx, train } from 'betavae'
 *
 * const run = await train({ data: { source: 'digits' }, training: { steps: 5 } })
 * const { encoder, decoder } = exportOnnx(run) // bytes of two files
 * console.log(encoder.length, decoder.length)
 * ```
 */
export function exportOnnx(source: Trained | { readonly trained: Trained }): {
  encoder: Uint8Array
  decoder: Uint8Array
  levels?: Uint8Array
} {
  const trained = 'trained' in source ? source.trained : source
  const { encoder, decoder, levels } = inferencePrograms(trained)
  const options = {
    constants: trained.values,
    metadata: { betavae: version, recipe: JSON.stringify(trained.recipe) },
  }
  return {
    encoder: lower(encoder, options),
    decoder: lower(decoder, options),
    ...(levels && { levels: lower(levels, options) }),
  }
}
