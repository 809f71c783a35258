import type { NDArray } from '../base/arrays.ts'
import { meanOf } from '../base/math/sums.ts'
import { streams } from '../base/random.ts'
import { resolveShape, sizeOf } from '../base/shape.ts'
import type { Examples } from '../data/examples.ts'
import type { Engine, Executable, Feeds } from '../engine/engine.ts'
import { type Program, program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type ExampleType, traceAutoencoder } from '../model/autoencoder.ts'
import { drawNoise, fillNoise, type Noise } from '../model/noise.ts'
import type { ModelSpec } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'
import type { WeightedTerm } from '../objective/objective.ts'
import { traceTerms } from '../objective/trace.ts'

/** Examples that pass through the engine at once while a data set is judged. */
export const SCORED_AT_ONCE = 500

/** What one pass over examples says of each of them, in nats. */
export interface ExampleScores {
  /** −log p(x|z) [n], averaged over the draws of each example: one, unless the model trains with more. */
  readonly reconstruction: Float64Array
  /** KL(q(z|x) ‖ p(z)) [n]; absent where the latent is deterministic. */
  readonly kl?: Float64Array
  /** [n × latent]; absent where the KL is no sum over dimensions. */
  readonly klPerDimension?: Float64Array
  /** Posterior means [n × latent]. */
  readonly means: Float64Array
  /** Each unweighted term: [n], or [1] where it is on parameters or on batches as a whole. */
  readonly terms: Readonly<Record<string, Float64Array>>
}

/** Scores examples under parameters that may change between passes. */
export interface Scoring extends Disposable {
  /** Scores examples 0 … count−1, which `read` gives by number. */
  score(count: number, read: ReadExamples, values: Feeds, pass: ScoringPass): Promise<ExampleScores>
}

/** Reads consecutive examples by number, as the program takes them. */
export type ReadExamples = (positions: Uint32Array) => Promise<Examples>

export interface ScoringPass {
  /** Decides the noise, together with `sample`. */
  readonly seed: number
  /** Number of the posterior sample; passes with other numbers draw other noise. */
  readonly sample?: number
  /** Number of the first example, where these are part of more: each has noise of its own. */
  readonly first?: number
  /** Scheduled options of the terms, by program input. */
  readonly knobs?: Readonly<Record<string, number>>
  readonly signal?: AbortSignal
}

/** Terms to be scored with the examples. */
export interface ScoredTerms {
  readonly terms: readonly WeightedTerm[]
  /**
   * Examples that are seen together, as in training: some terms are about a batch as a whole. At most as many as are
   * scored.
   */
  readonly batch: number
  /** Training examples N. */
  readonly examples: number
}

const TERM = 'term.'

/** What scoring computes, and how many examples at once: a number, or any number up to `SCORED_AT_ONCE`. */
interface TracedScoring {
  readonly program: Program
  readonly noise: readonly Noise[]
  readonly batch: number | undefined
}

/** Traces scoring; without terms the batch size is known when it runs. */
export function traceScoring(spec: ModelSpec, example: ExampleType, scored?: ScoredTerms): TracedScoring {
  const trace = newTrace()
  const { model, noise, values } = scored
    ? traceTerms({ spec, example, ...scored }, false)
    : { model: traceAutoencoder(spec, example, 'batch', {}, trace), noise: trace.noise, values: {} }
  const { kl, klPerDimension, posterior, reconstruction } = model
  const outputs: Record<string, Tensor> = { reconstruction, means: posterior.mean }
  if (kl) outputs.kl = kl
  if (klPerDimension) outputs.klPerDimension = klPerDimension
  for (const [key, value] of Object.entries(values)) outputs[TERM + key] = value
  const traced = program('score', outputs)
  const read = noise.filter(({ name }) => traced.inputs.some((wanted) => wanted.name === name))
  return { program: traced, noise: read, batch: scored?.batch }
}

/** Loads the scoring program; parameters are fed at every pass. */
export async function openScoring(
  engine: Engine,
  spec: ModelSpec,
  example: ExampleType,
  scored?: ScoredTerms,
): Promise<Scoring> {
  const traced = traceScoring(spec, example, scored)
  const executable = await engine.load(traced.program)
  const dispose = () => executable.dispose()
  return {
    score: (count, read, values, pass) => scoreAll({ ...traced, executable }, count, read, values, pass),
    [Symbol.dispose]: dispose,
  }
}

interface Loaded extends TracedScoring {
  readonly executable: Executable
}

async function scoreAll(
  { program: traced, executable, noise, batch }: Loaded,
  count: number,
  read: ReadExamples,
  values: Feeds,
  pass: ScoringPass,
): Promise<ExampleScores> {
  const wanted = new Set(traced.inputs.map(({ name }) => name))
  const parameters = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.has(name)))
  const knobs = Object.entries(pass.knobs ?? {}).map(([name, value]) => [name, scalarOf(value)])
  const fixed: Feeds = { ...parameters, ...Object.fromEntries(knobs) }
  const isWhole = (name: string) => traced.outputs[name].shape.length === 0
  const collected: Collected = new Map()
  const most = batch ?? SCORED_AT_ONCE
  const passes = Math.ceil(count / most)
  for (let first = 0; first < count; first += most) {
    pass.signal?.throwIfAborted()
    const end = Math.min(first + most, count)
    // Terms may be about a batch as a whole: one that would be short begins among the examples before it.
    const start = batch === undefined ? first : end - batch
    const rows = end - start
    const seen = await read(Uint32Array.from({ length: rows }, (_, i) => start + i))
    const drawn = noise.map((own) => [own.name, noiseFor(own, start, rows, pass)])
    const results = await executable.run({ ...fixed, ...Object.fromEntries(drawn), ...seen })
    for (const [name, { data }] of Object.entries(results)) {
      const all =
        collected.get(name) ?? new Float64Array(isWhole(name) ? passes : (count * data.length) / rows)
      collected.set(name, all)
      if (isWhole(name)) all[first / most] = data[0]
      // Of the examples before the first everything is known already.
      else all.set(data.subarray(((first - start) * data.length) / rows), (first * data.length) / rows)
    }
  }
  return asScores(
    new Map([...collected].map(([name, all]) => [name, isWhole(name) ? Float64Array.of(meanOf(all)) : all])),
  )
}

/** Numbers of each output, in the order of examples or of batches; made when it is seen how many an example has. */
type Collected = Map<string, Float64Array>

const scalarOf = (value: number): NDArray => ({ data: Float32Array.of(value), shape: [] })

/** Passes are this many steps of the noise apart: an example's number, or a batch's, stays below it. */
const PASS = 2 ** 32

/** Posterior noise is each example's own, whatever examples stand beside it; a term's is the batch's. */
function noiseFor(own: Noise, place: number, rows: number, pass: ScoringPass): NDArray {
  const { seed, sample = 0, first = 0 } = pass
  const step = sample * PASS + first + place
  if (own.stream !== streams.posterior || own.kind === 'permutation') return drawNoise(own, { seed, step })
  const shape = resolveShape(own.shape, { batch: rows })
  const data = new Float32Array(sizeOf(shape))
  const each = data.length / rows
  for (let i = 0; i < rows; i++)
    fillNoise(own.kind, data.subarray(i * each, (i + 1) * each), {
      seed,
      stream: streams.evaluation,
      step: step + i,
    })
  return { data, shape }
}

function asScores(all: ReadonlyMap<string, Float64Array>): ExampleScores {
  const kl = all.get('kl')
  const klPerDimension = all.get('klPerDimension')
  return {
    reconstruction: all.get('reconstruction') as Float64Array,
    means: all.get('means') as Float64Array,
    ...(kl ? { kl } : {}),
    ...(klPerDimension ? { klPerDimension } : {}),
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

/** Averages scores and adds the terms up under the given weights (by term key). */
export function metricsOf(scores: ExampleScores, weights: Readonly<Record<string, number>>): SplitMetrics {
  const reconstruction = meanOf(scores.reconstruction)
  const kl = scores.kl ? meanOf(scores.kl) : null
  const terms = Object.fromEntries(Object.entries(scores.terms).map(([key, values]) => [key, meanOf(values)]))
  const loss = Object.entries(terms).reduce((sum, [key, value]) => sum + weights[key] * value, reconstruction)
  return { loss, reconstruction, kl, elbo: kl === null ? null : -(reconstruction + kl), terms }
}
