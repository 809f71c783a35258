import type { NDArray } from '../base/arrays.ts'
import { fillNormal, streams } from '../base/random.ts'
import type { Engine, Executable, Feeds } from '../engine/engine.ts'
import { sumPerExample } from '../graph/functions.ts'
import { type Program, program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type ExampleType, traceAutoencoder } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'
import type { WeightedTerm } from '../objective/objective.ts'

/** Examples that pass through the engine at once while a data set is judged. */
const CHUNK = 500

/** What one pass over examples says of each of them, in nats. */
export interface ExampleScores {
  /** −log p(x|z), one posterior sample [n]. */
  readonly reconstruction: Float64Array
  /** KL(q(z|x) ‖ p(z)) [n]; absent where the latent is deterministic. */
  readonly kl?: Float64Array
  /** [n × latent]; absent where the latent is deterministic. */
  readonly klPerDimension?: Float64Array
  /** Posterior means [n × latent]. */
  readonly means: Float64Array
  /** Each unweighted term: [n], or [1] where it is on parameters. */
  readonly terms: Readonly<Record<string, Float64Array>>
}

/** Scores examples under parameters that may change between passes. */
export interface Scoring extends Disposable {
  /** Scores examples 0 … count−1, which `read` gives by number. */
  score(count: number, read: ReadExamples, values: Feeds, pass: ScoringPass): Promise<ExampleScores>
}

/** Reads consecutive examples by number, as the program takes them. */
export type ReadExamples = (positions: Uint32Array) => Promise<NDArray>

export interface ScoringPass {
  /** Decides the posterior noise, together with `sample`. */
  readonly seed: number
  /** Number of the posterior sample; passes with other numbers draw other noise. */
  readonly sample?: number
  readonly signal?: AbortSignal
}

const TERM = 'term.'

/** Traces what scoring computes, with a batch size that is known when it runs. */
export function scoringProgram(
  spec: ModelSpec,
  example: ExampleType,
  terms: readonly WeightedTerm[],
): Program {
  const model = traceAutoencoder(spec, example, 'batch')
  const { klPerDimension, mean } = model.posterior
  const outputs: Record<string, Tensor> = { reconstruction: model.reconstruction, means: mean }
  if (klPerDimension) Object.assign(outputs, { klPerDimension, kl: sumPerExample(klPerDimension) })
  for (const { key, term, options } of terms) outputs[TERM + key] = term.loss(model, options)
  return program('score', outputs)
}

/** Loads the scoring program; parameters are fed at every pass. */
export async function openScoring(
  engine: Engine,
  spec: ModelSpec,
  example: ExampleType,
  terms: readonly WeightedTerm[],
): Promise<Scoring> {
  const traced = scoringProgram(spec, example, terms)
  const executable = await engine.load(traced)
  const dispose = () => executable.dispose()
  return {
    score: (count, read, values, pass) =>
      scoreAll({ traced, executable, latent: spec.latent.size }, count, read, values, pass),
    [Symbol.dispose]: dispose,
  }
}

interface Loaded {
  readonly traced: Program
  readonly executable: Executable
  readonly latent: number
}

async function scoreAll(
  loaded: Loaded,
  count: number,
  read: ReadExamples,
  values: Feeds,
  pass: ScoringPass,
): Promise<ExampleScores> {
  const { traced, executable, latent } = loaded
  const wanted = new Set(traced.inputs.map(({ name }) => name))
  const parameters = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.has(name)))
  const collected = new Map<string, number[]>(Object.keys(traced.outputs).map((name) => [name, []]))
  for (let chunk = 0; chunk * CHUNK < count; chunk++) {
    pass.signal?.throwIfAborted()
    const size = Math.min(CHUNK, count - chunk * CHUNK)
    const x = await read(Uint32Array.from({ length: size }, (_, i) => chunk * CHUNK + i))
    const feeds: Record<string, NDArray> = { ...parameters, x }
    if (wanted.has('noise')) feeds.noise = noiseOf(size, latent, pass, chunk)
    const results = await executable.run(feeds)
    for (const [name, { data, shape }] of Object.entries(results)) {
      const all = collected.get(name) as number[]
      if (shape.length === 0) all[0] = data[0]
      else for (const value of data) all.push(value)
    }
  }
  return asScores(new Map([...collected].map(([name, all]) => [name, Float64Array.from(all)])))
}

function noiseOf(count: number, latent: number, { seed, sample = 0 }: ScoringPass, chunk: number): NDArray {
  const step = sample * 2 ** 24 + chunk
  return {
    data: fillNormal(new Float32Array(count * latent), { seed, stream: streams.evaluation, step }),
    shape: [count, latent],
  }
}

function asScores(all: ReadonlyMap<string, Float64Array>): ExampleScores {
  const kl = all.get('kl')
  return {
    reconstruction: all.get('reconstruction') as Float64Array,
    means: all.get('means') as Float64Array,
    ...(kl ? { kl, klPerDimension: all.get('klPerDimension') as Float64Array } : {}),
    terms: Object.fromEntries(
      [...all]
        .filter(([name]) => name.startsWith(TERM))
        .map(([name, values]) => [name.slice(TERM.length), values]),
    ),
  }
}

/** Averages over a set of examples, in nats per example. */
export interface SplitMetrics {
  readonly loss: number
  readonly reconstruction: number
  /** Null where the latent is deterministic: there is no posterior to compare with the prior. */
  readonly kl: number | null
  /** −(reconstruction + kl), β left out; null where the latent is deterministic. */
  readonly elbo: number | null
  /** Each term, unweighted. */
  readonly terms: Readonly<Record<string, number>>
}

export const average = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Averages scores and adds the terms up under the given weights (by term key). */
export function metricsOf(scores: ExampleScores, weights: Readonly<Record<string, number>>): SplitMetrics {
  const reconstruction = average(scores.reconstruction)
  const kl = scores.kl ? average(scores.kl) : null
  const terms = Object.fromEntries(
    Object.entries(scores.terms).map(([key, values]) => [key, average(values)]),
  )
  const loss = Object.entries(terms).reduce((sum, [key, value]) => sum + weights[key] * value, reconstruction)
  return { loss, reconstruction, kl, elbo: kl === null ? null : -(reconstruction + kl), terms }
}

/** Mean of each column of a row-major table. */
export function columnMeans(table: ArrayLike<number>, columns: number): number[] {
  const sums = new Array<number>(columns).fill(0)
  for (let i = 0; i < table.length; i++) sums[i % columns] += table[i]
  return sums.map((sum) => sum / (table.length / columns))
}
