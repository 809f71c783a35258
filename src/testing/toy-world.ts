/** A small autoencoder with drawn parameters, on which terms and likelihoods are checked. */

import type { NDArray } from '../base/arrays.ts'
import { broughtBy, type Part } from '../base/parts.ts'
import { fillUniform, streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import { conditionWidth } from '../data/condition.ts'
import type { Feeds } from '../engine/engine.ts'
import type { Autoencoder, ExampleType } from '../model/autoencoder.ts'
import { drawNoise } from '../model/noise.ts'
import type { Parameter } from '../model/parameters.ts'
import { fittingSize, type ModelSpec, modelSchema } from '../model/spec.ts'
import { knobsAt, readObjective, type TermSpec, type WeightedTerm } from '../objective/objective.ts'
import {
  type TracedObjective,
  type TracedTerms,
  type TraceRequest,
  traceObjective,
  traceTerms,
} from '../objective/trace.ts'

export interface ToyWorld {
  readonly spec: ModelSpec
  readonly example: ExampleType
  readonly terms: readonly WeightedTerm[]
  readonly request: TraceRequest
  readonly traced: TracedTerms
  readonly model: Autoencoder
  /** What a training step minimizes. */
  readonly objective: TracedObjective
  /** Parameters (drawn), rows, scaling, noise of step 0, weights and scheduled options of step 0. */
  readonly feeds: Feeds
  readonly parameters: readonly Parameter[]
  readonly parameterNames: readonly string[]
}

interface ToyOptions {
  /** Brought to the model and its terms. */
  readonly parts?: readonly Part[]
  readonly likelihood?: ModelSpec['likelihood']
  readonly latent?: string | Partial<ModelSpec['latent']>
  readonly prior?: ModelSpec['prior']
  /** Drawn for each example. */
  readonly condition?: ModelSpec['condition']
  readonly batch?: number
  readonly draws?: number
  readonly terms?: readonly TermSpec[]
  /** Training examples N. */
  readonly examples?: number
  /** Entries of the rows; default: drawn from [0, 1). */
  readonly x?: (index: number) => number
}

const SIZE = 6
/** Numbers of a code, or a few more where these do not fit. */
const SHORT = 3

/** Tanh instead of ReLU: a kink that a finite difference straddles proves nothing. */
export function toyWorld({
  likelihood = { name: 'bernoulli' },
  latent = 'gaussian',
  prior = { name: 'standard' },
  condition,
  batch = 4,
  draws = 1,
  terms: specs = [],
  examples = 100,
  x,
  parts = [],
}: ToyOptions = {}): ToyWorld {
  const own = { size: SHORT, draws, ...(typeof latent === 'string' ? { name: latent } : latent) }
  const bearer = broughtBy(parts)
  const read = modelSchema.parse({
    architecture: { name: 'mlp', hidden: [5], activation: 'tanh' },
    latent: { ...own, size: fittingSize({ latent: { name: 'gaussian', ...own }, ...bearer }, own.size) },
    prior,
    likelihood,
    condition,
  })
  const spec = { ...read, ...bearer }
  const example: ExampleType = { shape: [SIZE], dtype: 'float32', scaleShape: [] }
  const terms = readObjective({ name: 'toy', terms: [...specs] }, spec)
  const request = { spec, example, terms, batch, examples }
  const traced = traceTerms(request, true)
  const objective = traceObjective(request)
  const drawn = (count: number, step: number, low = -0.9, high = 0.9) =>
    Float64Array.from(
      fillUniform(new Float32Array(count), { seed: 7, stream: streams.evaluation, step }, low, high),
    )
  const parameters = objective.players.flatMap((player) => player.parameters)
  const values = parameters.map(({ name, shape }, i): [string, NDArray] => [
    name,
    { data: drawn(sizeOf(shape), i), shape },
  ])
  const rows = x ? Float64Array.from({ length: batch * SIZE }, (_, i) => x(i)) : drawn(batch * SIZE, 99, 0, 1)
  const noise = traced.noise.map((own): [string, NDArray] => {
    const { data, shape } = drawNoise(own, { seed: 7, step: 0 })
    return [own.name, { data: own.kind === 'permutation' ? data : Float64Array.from(data), shape }]
  })
  const knobs = Object.entries(knobsAt(terms, 0)).map(([name, value]): [string, NDArray] => [
    name,
    { data: Float64Array.of(value), shape: [] },
  ])
  return {
    spec,
    example,
    terms,
    request,
    traced,
    model: traced.model,
    objective,
    parameters,
    parameterNames: parameters.map(({ name }) => name),
    feeds: {
      ...Object.fromEntries(values),
      x: { data: rows, shape: [batch, SIZE] },
      ...(condition && {
        condition: {
          data: drawn(batch * conditionWidth(condition), 98),
          shape: [batch, conditionWidth(condition)],
        },
      }),
      'data.shift': { data: Float64Array.of(x ? 0 : 0.1), shape: [] },
      'data.scale': { data: Float64Array.of(x ? 1 : 0.8), shape: [] },
      ...Object.fromEntries(noise),
      ...Object.fromEntries(knobs),
    },
  }
}
