/** A small autoencoder with drawn parameters, on which terms and likelihoods are checked. */
import type { NDArray } from '../base/arrays.ts'
import { fillNormal, fillUniform, streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import type { Feeds } from '../engine/engine.ts'
import { type Autoencoder, type ExampleType, traceAutoencoder } from '../model/autoencoder.ts'
import { type ModelSpec, modelSchema } from '../model/spec.ts'

export interface ToyWorld {
  readonly spec: ModelSpec
  readonly example: ExampleType
  readonly model: Autoencoder
  readonly feeds: Feeds
  readonly parameterNames: readonly string[]
}

interface ToyOptions {
  readonly likelihood?: ModelSpec['likelihood']
  readonly latent?: ModelSpec['latent']['name']
  readonly batch?: number
}

/** Tanh instead of ReLU: a kink that a finite difference straddles proves nothing. */
export function toyWorld({
  likelihood = { name: 'bernoulli' },
  latent = 'gaussian',
  batch = 4,
}: ToyOptions = {}): ToyWorld {
  const spec = modelSchema.parse({
    architecture: { name: 'mlp', hidden: [5], activation: 'tanh' },
    latent: { name: latent, size: 3 },
    likelihood,
  })
  const example: ExampleType = { shape: [6], dtype: 'float32', scaleShape: [] }
  const model = traceAutoencoder(spec, example, batch)
  const drawn = (count: number, step: number, low = -0.9, high = 0.9) =>
    Float64Array.from(
      fillUniform(new Float32Array(count), { seed: 7, stream: streams.evaluation, step }, low, high),
    )
  const parameters = model.parameters.map(({ name, shape }, i): [string, NDArray] => [
    name,
    { data: drawn(sizeOf(shape), i), shape },
  ])
  const noise = Float64Array.from(
    fillNormal(new Float32Array(batch * 3), { seed: 7, stream: streams.posterior, step: 0 }),
  )
  return {
    spec,
    example,
    model,
    parameterNames: parameters.map(([name]) => name),
    feeds: {
      ...Object.fromEntries(parameters),
      x: { data: drawn(batch * 6, 99, 0, 1), shape: [batch, 6] },
      'data.shift': { data: Float64Array.of(0.1), shape: [] },
      'data.scale': { data: Float64Array.of(0.8), shape: [] },
      ...(latent === 'gaussian' ? { noise: { data: noise, shape: [batch, 3] } } : {}),
    },
  }
}
