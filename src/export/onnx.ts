import { lower } from '../graph/onnx/lower.ts'
import { type Program, program } from '../graph/program.ts'
import { decoderOutputs, encoderOutputs } from '../model/autoencoder.ts'
import type { Trained } from '../recipe/trained.ts'
import { version } from './version.ts'

/** The two halves of a model as programs; everything but rows and codes is a parameter or a scaling. */
export function inferencePrograms({ recipe, example }: Pick<Trained, 'recipe' | 'example'>): {
  encoder: Program
  decoder: Program
} {
  return {
    encoder: program('encoder', encoderOutputs(recipe.model, example)),
    decoder: program('decoder', decoderOutputs(recipe.model, example)),
  }
}

/**
 * A trained model, or what its training gave, as two ONNX files that need nothing of this package.
 *
 * Encoder: `x` [batch, ...example], rows as stored, to `mean` and, where codes are drawn, `logVariance` [batch,
 * latent]. Decoder: `z` [batch, latent] to `reconstruction` [batch, ...example], E[x|z] in the units of the rows.
 * A conditional model's files take `condition` [batch, width], too, as its card describes. Metadata: `betavae`, the
 * version, and `recipe` as JSON. The same training gives the same bytes.
 */
export function exportOnnx(source: Trained | { readonly trained: Trained }): {
  encoder: Uint8Array
  decoder: Uint8Array
} {
  const trained = 'trained' in source ? source.trained : source
  const { encoder, decoder } = inferencePrograms(trained)
  const options = {
    constants: trained.values,
    metadata: { betavae: version, recipe: JSON.stringify(trained.recipe) },
  }
  return { encoder: lower(encoder, options), decoder: lower(decoder, options) }
}
