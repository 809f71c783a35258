import { fail } from '../base/errors.ts'
import { columnMeans } from '../base/math/columns.ts'
import { sumOf } from '../base/math/sums.ts'
import { BROUGHT } from '../base/parts.ts'
import { sizeOf } from '../base/shape.ts'
import { type ExampleReader, heldOutReader, type Rows } from '../data/examples.ts'
import { type FactorRows, factorsOf } from '../data/factors.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { importanceWeights } from '../infer/importance.ts'
import { readPosteriors } from '../infer/posteriors.ts'
import { codeLogDensity } from '../infer/prior-density.ts'
import { type ExampleScores, metricsOf, openScoring, type ScoredTerms } from '../infer/scoring.ts'
import { rankUnits, type Unit, varianceOfMeans } from '../infer/units.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import type { Level } from '../model/distributions/latent.ts'
import { latentOf, likelihoodOf, type ModelSpec, priorOf, spaceOf } from '../model/spec.ts'
import { knobs, weightsOf } from '../objective/objective.ts'
import { finalWeight } from '../objective/schedule.ts'
import type { Disentanglement } from '../statistics/disentanglement.ts'
import { type ClassEvaluation, classesOf } from './classes.ts'
import { type KlSplit, klSplit, MOST_POSTERIORS } from './kl-split.ts'
import type { LevelUse } from './level-use.ts'
import { levelUse } from './level-use.ts'
import { type LikelihoodEstimate, negativeLogLikelihood } from './likelihood.ts'
import type { SampleFidelity } from './sample-fidelity.ts'

/**
 * What a model is worth on a split: nats per example, averaged over the split, in the model's units.
 *
 * Fields that need a posterior are null where the latent is deterministic. Where data are scaled by c and the
 * likelihood is a density, the density in the data's own units is c times as high: add −log₂ c to
 * `bitsPerDimension` (8 bits for bytes scaled by 1/255) and −log c nats for each entry to `nll`. Probabilities,
 * of 0 and 1, counts or the levels of an 8-bit image, need no such correction.
 */
export interface Evaluation {
  readonly split: string
  /** Examples. */
  readonly count: number
  /** The trained objective, every term at its final weight. */
  readonly loss: number
  readonly reconstruction: number
  readonly kl: number | null
  /** −(reconstruction + kl), as while training: without constants that the likelihood leaves out of its loss. */
  readonly elbo: number | null
  /** −elbo / (N·ln 2) for N entries in an example, the constants left out above added. */
  readonly bitsPerDimension: number | null
  /** How many dimensions of the code move with the example. */
  readonly activeUnits: number
  /** The dimensions of the code, the strongest first, and which of them are active. */
  readonly units: readonly Unit[]
  /** Null, too, where the KL is no sum over dimensions: with another prior than N(0, I). */
  readonly klPerDimension: readonly number[] | null
  /** The KL of each level of a hierarchy of codes, as they lie in a code; absent where there is one level. */
  readonly levels?: readonly LevelKl[]
  /** The mean KL taken apart, and the gap of the aggregate posterior. Null where posteriors are not Gaussian. */
  readonly klSplit: KlSplit | null
  /** How the levels of the code are used, where it is discrete. */
  readonly levelUse?: LevelUse
  /** By class, where the data have labels. */
  readonly classes?: readonly ClassEvaluation[]
  /** Importance-weighted −log p(x), no constant left out; where it was asked for. */
  readonly nll?: LikelihoodEstimate & {
    /** estimate / (N·ln 2) for N entries in an example. */
    readonly bitsPerDimension: number
  }
  /** How well posterior means tell the data's factors apart, by metric; where it was asked for. */
  readonly metrics?: Disentanglement
  /** Names of these factors, in the order of the metrics' numbers. */
  readonly factors?: readonly string[]
  /** How like these examples the samples of each sampler are; where it was asked for. */
  readonly samples?: SampleFidelity
}

/** A level of a hierarchy of codes, and what it is worth. @inline */
export interface LevelKl extends Level {
  /** Mean KL in nats: of an upper level to its prior, of a lower one to what the upper one leads to expect. */
  readonly kl: number
}

/** A model, the rows to judge it on, and how they are read. */
export interface EvaluationRequest {
  readonly engine: Engine
  readonly spec: ModelSpec
  readonly example: ExampleType
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Feeds
  /** Its terms, with the sizes that they were trained under. */
  readonly scored: ScoredTerms
  readonly rows: Rows
  readonly reader: ExampleReader
  /** Name of the rows, as reports show it. */
  readonly split: string
  readonly seed: number
  /** Draws from each posterior for an estimate of −log p(x). */
  readonly nll?: number
  /** Names of disentanglement metrics, or all; for data with factors, or labels as one factor. */
  readonly metrics?: 'all' | readonly string[]
  /** Names of samplers whose samples are judged, or all. */
  readonly samples?: 'all' | readonly string[]
  /** Whether codes were held to the prior while training. */
  readonly hasPrior: boolean
  readonly signal?: AbortSignal
}

/**
 * Judges a model on rows; the same request gives the same numbers on the same engine.
 *
 * Errors: `evaluate/no-rows`, `evaluate/nll-samples`, `infer/no-posterior`, `data/no-factors`, those of
 * `disentanglement` and of `sampleFidelity`.
 */
export async function evaluateRows(request: EvaluationRequest): Promise<Evaluation> {
  const { engine, spec, example, values, scored, rows, reader, split, seed, nll, signal } = request
  const count = rows.indices.length
  checkRequest(split, count, nll)
  const factors = await factorsToTell(request)
  const read = heldOutReader(reader, rows)
  const estimate =
    nll === undefined
      ? undefined
      : await negativeLogLikelihood(
          importanceWeights(engine, spec, example, { count, read, values, samples: nll, seed, signal }),
          count,
        )
  const { terms, batch, examples } = scored
  const together = { terms, examples, batch: Math.min(batch, count) }
  using scoring = await openScoring(engine, spec, example, together)
  const scores = await scoring.score(count, read, values, { seed, knobs: knobs(terms, finalWeight), signal })
  return {
    split,
    count,
    ...summaryOf(scores, request),
    klSplit: await klSplitOf(request),
    ...(await useOfLevels(scores, request)),
    ...byClass(scores, request),
    ...(estimate ? { nll: { ...estimate, bitsPerDimension: bitsOf(estimate.estimate, example) } } : {}),
    ...(factors ? await disentangled(scores, factors, request) : {}),
    ...(request.samples ? { samples: await samplesOf(request, request.samples) } : {}),
  }
}

async function useOfLevels(
  { means }: ExampleScores,
  { engine, spec, values }: EvaluationRequest,
): Promise<Pick<Evaluation, 'levelUse'>> {
  if (spaceOf(spec).kind !== 'discrete') return {}
  const use = await levelUse(engine, spec, values, means)
  return use ? { levelUse: use } : {}
}

/** What judges samples is loaded where it is asked for. */
async function samplesOf(
  { spec, example, values, hasPrior, ...request }: EvaluationRequest,
  samples: 'all' | readonly string[],
): Promise<SampleFidelity> {
  const { sampleFidelity } = await import('./sample-fidelity.ts')
  return sampleFidelity({ ...request, samples, parts: { spec, example, values, hasPrior } })
}

/** What metrics are to be about, refused before anything is computed where it is missing. */
async function factorsToTell({ spec, metrics, rows }: EvaluationRequest): Promise<FactorRows | undefined> {
  if (metrics === undefined) return undefined
  const { metricsNamed } = await measures()
  metricsNamed(metrics, spec)
  return factorsOf(rows.dataset, rows.indices)
}

async function disentangled(
  { means }: ExampleScores,
  { names, values }: FactorRows,
  { spec, metrics, seed, signal }: EvaluationRequest,
): Promise<Pick<Evaluation, 'metrics' | 'factors'>> {
  const { size } = spec.latent
  const codes = { data: means, shape: [means.length / size, size] }
  const levels = { data: values, shape: [means.length / size, names.length] }
  const parts = spec[BROUGHT]?.parts
  const request = { metrics, seed, signal, parts }
  const { disentanglement } = await measures()
  return { metrics: await disentanglement(codes, levels, request), factors: names }
}

/** The metrics with their classifiers, which a page loads where it asks for metrics. */
const measures = () => import('../statistics/disentanglement.ts')

function summaryOf(
  scores: ExampleScores,
  { spec, example, scored: { terms } }: EvaluationRequest,
): Omit<
  Evaluation,
  'split' | 'count' | 'klSplit' | 'levelUse' | 'classes' | 'nll' | 'metrics' | 'factors' | 'samples'
> {
  const weights = weightsOf(terms, knobs(terms, finalWeight))
  const { loss, reconstruction, kl, elbo } = metricsOf(scores, weights)
  const { size } = spec.latent
  const klPerDimension = scores.klPerDimension ? columnMeans(scores.klPerDimension, size) : null
  const units = rankUnits({ activity: varianceOfMeans(scores.means, size), klPerDimension }, spec)
  const { kind, options } = likelihoodOf(spec)
  return {
    loss,
    reconstruction,
    kl,
    elbo,
    bitsPerDimension: elbo === null ? null : kind.omitted(options) / Math.LN2 + bitsOf(-elbo, example),
    activeUnits: units.filter(({ isActive }) => isActive).length,
    units,
    klPerDimension,
    ...(klPerDimension ? levelsOf(klPerDimension, spec) : {}),
  }
}

/** What each level of a hierarchy is worth, where there is one. */
function levelsOf(klPerDimension: readonly number[], spec: ModelSpec): Pick<Evaluation, 'levels'> {
  const { kind, options } = latentOf(spec)
  const levels = kind.levels?.(spec.latent.size, options)
  if (!levels) return {}
  let at = 0
  return {
    levels: levels.map(({ name, size }) => {
      const own = klPerDimension.slice(at, at + size)
      at += size
      return { name, size, kl: sumOf(own) }
    }),
  }
}

const bitsOf = (nats: number, { shape }: ExampleType): number => nats / sizeOf(shape) / Math.LN2

/** Of the rows' posteriors, or of as many as can be compared with each other. */
async function klSplitOf(request: EvaluationRequest): Promise<KlSplit | null> {
  const { engine, spec, example, values, rows, reader, seed, signal } = request
  // Under p(z|c) there is no one prior for all codes together to be compared with.
  if (!latentOf(spec).kind.gaussian || priorOf(spec).kind.isConditional) return null
  const posteriors = await readPosteriors(engine, spec, example, {
    count: rows.indices.length,
    read: heldOutReader(reader, rows),
    values,
    most: MOST_POSTERIORS,
    ...(signal ? { signal } : {}),
  })
  const isStandard = priorOf(spec).kind.isStandard
  return klSplit({
    posteriors,
    latent: spec.latent.size,
    seed,
    ...(isStandard ? {} : { priorLogDensity: codeLogDensity(engine, spec, example, values) }),
    ...(signal ? { signal } : {}),
  })
}

function byClass(
  scores: ExampleScores,
  { rows, scored: { terms } }: EvaluationRequest,
): Pick<Evaluation, 'classes'> {
  const classes = classesOf(scores, rows, weightsOf(terms, knobs(terms, finalWeight)))
  return classes ? { classes } : {}
}

function checkRequest(split: string, count: number, nll: number | undefined): void {
  if (count === 0)
    fail({
      code: 'evaluate/no-rows',
      seen: `split "${split}" of 0 rows`,
      wanted: 'at least one row',
      fix: 'evaluate another split, or train with some rows held out (--validation 0.1)',
      usage: true,
    })
  if (nll !== undefined && !(Number.isInteger(nll) && nll > 0))
    fail({
      code: 'evaluate/nll-samples',
      seen: `--nll ${nll}`,
      wanted: 'a whole number of at least 1',
      fix: 'give the number of draws from each posterior, such as 500',
      usage: true,
    })
}
