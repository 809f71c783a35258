/** Autoencoders of images with drawn parameters, on which architectures are checked. */
import type { NDArray } from '../../base/arrays.ts'
import { fillUniform, streams } from '../../base/random.ts'
import { sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import { mean } from '../../graph/functions.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { type Program, program } from '../../graph/program.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { type Autoencoder, type ExampleType, traceAutoencoder } from '../autoencoder.ts'
import { drawNoise } from '../noise.ts'
import type { Parameter } from '../parameters.ts'
import { type Choice, type ModelSpec, modelSchema } from '../spec.ts'
import { newTrace } from '../trace.ts'

export interface ImageWorld {
  readonly model: Autoencoder
  /** Reconstruction + KL, averaged over the batch. */
  readonly loss: Tensor
  readonly parameters: readonly Parameter[]
  readonly feeds: Feeds
}

interface ImageOptions {
  readonly architecture: Choice
  readonly shape: readonly number[]
  readonly batch?: number
  readonly latent?: number
  readonly likelihood?: ModelSpec['likelihood']
}

const drawn = (shape: readonly number[], step: number, low: number, high: number): NDArray => ({
  data: Float64Array.from(
    fillUniform(new Float32Array(sizeOf(shape)), { seed: 5, stream: streams.evaluation, step }, low, high),
  ),
  shape,
})

/** Parameters at twice their starting bounds, so that every layer counts; those that start at zeros within ±½. */
export function imageWorld({
  architecture,
  shape,
  batch = 2,
  latent = 2,
  likelihood = { name: 'bernoulli' },
}: ImageOptions): ImageWorld {
  const spec = modelSchema.parse({ architecture, latent: { size: latent }, likelihood })
  const example: ExampleType = { shape, dtype: 'float32', scaleShape: [] }
  const trace = newTrace()
  const model = traceAutoencoder(spec, example, batch, {}, trace)
  const values = trace.parameters.map((own, i): [string, NDArray] => {
    const bound = 2 * own.bound || 0.5
    return [own.name, drawn(own.shape, i + 1, -bound, bound)]
  })
  const noise = trace.noise.map((own): [string, NDArray] => [own.name, drawNoise(own, { seed: 5, step: 0 })])
  return {
    model,
    loss: mean(add(model.reconstruction, model.kl as Tensor)),
    parameters: trace.parameters,
    feeds: {
      ...Object.fromEntries([...values, ...noise]),
      x: drawn([batch, ...shape], 0, 0, 1),
      'data.shift': { data: Float64Array.of(0), shape: [] },
      'data.scale': { data: Float64Array.of(1), shape: [] },
    },
  }
}

/** The loss and its gradient by every parameter. */
export function trainingProgram({ loss, parameters }: ImageWorld): Program {
  const slopes = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  )
  const named = slopes.map((slope, i): [string, Tensor] => [`gradient.${parameters[i].name}`, slope])
  return program('train', { loss, ...Object.fromEntries(named) })
}
