/** Terms over given tensors, without a model around them. */
import type { NDArray } from '../../base/arrays.ts'
import { fillUniform, streams } from '../../base/random.ts'
import { sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import type { Autoencoder } from '../../model/autoencoder.ts'
import { drawNoise } from '../../model/noise.ts'
import type { Trace } from '../../model/trace.ts'
import type { TermTrace } from '../term.ts'

/** The parts of a model that a term reads. */
type Excerpt = Partial<Omit<Autoencoder, 'posterior'>> & {
  readonly posterior?: Partial<Autoencoder['posterior']>
}

/** What a term sees where there is only an excerpt of a model. */
export const termTraceOf = (trace: Trace, model: Excerpt = {}): TermTrace => ({
  model: model as Autoencoder,
  parameters: [...trace.parameters],
  setting: { examples: 100, latent: 2, dataSize: 6 },
  batch: 4,
  draw: (name, kind, shape) => trace.draw(`term.${name}`, kind, shape),
  scheduled: (option) => trace.draw(option, 'uniform', []),
  layers: trace.layers('opponent'),
  features: (x) => x,
})

/** Numbers drawn uniformly within ±bound; `step` tells arrays apart. */
export const uniform = (shape: readonly number[], step: number, bound = 1): NDArray => ({
  data: Float64Array.from(
    fillUniform(
      new Float32Array(sizeOf(shape)),
      { seed: 7, stream: streams.evaluation, step },
      -bound,
      bound,
    ),
  ),
  shape,
})

/** Parameters of a trace, uniform within ±`bound` or else within their own bounds. */
export const parameterFeeds = ({ parameters }: Trace, bound?: number): Feeds =>
  Object.fromEntries(
    parameters.map((own, i): [string, NDArray] => [own.name, uniform(own.shape, i, bound ?? own.bound)]),
  )

/** The noise of a trace at a step. */
export const noiseFeeds = ({ noise }: Pick<Trace, 'noise'>, step = 0): Feeds =>
  Object.fromEntries(noise.map((own) => [own.name, drawNoise(own, { seed: 7, step })]))
