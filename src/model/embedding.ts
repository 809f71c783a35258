import { mean } from '../graph/functions.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type ExampleType, encoderOutputs, modelUnits, traceFeatures } from './autoencoder.ts'
import { conditionInput } from './condition.ts'
import type { ModelSpec } from './spec.ts'
import { newTrace } from './trace.ts'

/**
 * Beside the code that stands for stored rows `x` [batch, latent], the encoder's features before it [batch, width]: each
 * averaged over its places, where it is an image.
 */
export function embeddingOutputs(spec: ModelSpec, example: ExampleType): Record<'code' | 'features', Tensor> {
  const trace = newTrace()
  const code = encoderOutputs(spec, example, trace).mean
  const x = modelUnits(example, 'batch')
  const features = traceFeatures(spec, x, trace, conditionInput(spec, 'batch'))
  const places = features.shape.slice(2).map((_, at) => 2 + at)
  return { code, features: places.length > 0 ? mean(features, places) : features }
}
