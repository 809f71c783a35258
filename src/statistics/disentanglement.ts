import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { type Bearer, broughtBy, type NameAmong, type Part, registered } from '../base/parts.ts'
import { type Confidence, confidenceOf } from './confidence.ts'
import { factoredCodes } from './metrics/factored-codes.ts'
import { type HouseMetric, METRICS } from './metrics/index.ts'
import type { FactoredCodes, Metric, MetricScore } from './metrics/metric.ts'

/** Which metrics are computed, and how often. */
export interface DisentanglementOptions {
  /** Names of metrics, or all (default). */
  readonly metrics?: 'all' | readonly NameAmong<HouseMetric>[]
  /** Metrics of your own, made by `defineMetric`. */
  readonly parts?: readonly Part[]
  /** Default: 0. */
  readonly seed?: number
  /** Repetitions, with the seeds from `seed` up; default: 1. */
  readonly seeds?: number
  readonly signal?: AbortSignal
}

/** What one metric found. Of several seeds each number is the mean, unless it says otherwise. @inline */
export interface MetricResult {
  readonly score: number
  /** One number for each factor, where the metric has them. */
  readonly perFactor?: readonly number[]
  /** Of the score over the seeds, with n − 1; like `interval` and `scores` there where there are several. */
  readonly standardDeviation?: number
  /** Where the mean score lies, by Student's t. */
  readonly interval?: Confidence['interval']
  /** The score under each seed. */
  readonly scores?: readonly number[]
  readonly seeds: readonly number[]
  readonly [detail: string]: MetricScore[string] | Confidence['interval']
}

/** Results by metric, under its name. */
export type Disentanglement = Readonly<Record<string, MetricResult>>

/**
 * Measures how well codes [n, d] tell factors [n, k] apart, or labels [n] as one factor; the same request gives
 * the same numbers everywhere.
 *
 * Errors: `metrics/unknown`, `metrics/seeds`, and those of `factoredCodes`. Throws the signal's reason where it
 * is aborted.
 *
 * @example
 * ```ts
 * import { ndarray } from 'betavae'
 * import { disentanglement } from 'betavae/metrics'
 *
 * const levels = Int32Array.from({ length: 400 }, (_, i) => (i % 2 ? i % 8 : i % 5))
 * const factors = ndarray(levels, [200, 2])
 * const codes = ndarray(Float32Array.from(levels), [200, 2]) // a code that is the factors themselves
 * const { mig } = await disentanglement(codes, factors, { metrics: ['mig'] })
 * console.log(mig.score) // near 1
 * ```
 */
export async function disentanglement(
  codes: NDArray,
  factors: NDArray,
  options: DisentanglementOptions = {},
): Promise<Disentanglement> {
  return measured(
    metricsNamed(options.metrics, broughtBy(options.parts ?? [])),
    factoredCodes(codes, factors),
    options,
  )
}

/** Metrics by their names, in the order of the registry. Error: `metrics/unknown`. */
export function metricsNamed(
  names: 'all' | readonly string[] | undefined,
  bearer: Bearer,
): readonly Metric[] {
  const all = registered('metric', METRICS, bearer)
  if (names === undefined || names === 'all') return all
  const known = all.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined && names.length > 0) return all.filter(({ name }) => names.includes(name))
  return fail({
    code: 'metrics/unknown',
    seen: unknown === undefined ? 'no metric' : `unknown metric "${unknown}"`,
    wanted: `all, or some of ${known.join(', ')}`,
    fix: 'name metrics from that list',
    usage: true,
  })
}

async function measured(
  metrics: readonly Metric[],
  sample: FactoredCodes,
  { seed = 0, seeds = 1, signal }: DisentanglementOptions,
): Promise<Disentanglement> {
  checkSeeds(seed, seeds)
  const all = Array.from({ length: seeds }, (_, repetition) => seed + repetition)
  const results: Record<string, MetricResult> = {}
  for (const metric of metrics) {
    const found: MetricScore[] = []
    for (const own of all) {
      signal?.throwIfAborted()
      found.push(await metric.compute(sample, { seed: own, ...(signal ? { signal } : {}) }))
    }
    results[metric.name] = summaryOf(found, all)
  }
  return results
}

function checkSeeds(seed: number, seeds: number): void {
  if (!(Number.isSafeInteger(seed) && seed >= 0 && Number.isSafeInteger(seeds) && seeds > 0))
    fail({
      code: 'metrics/seeds',
      seen: `seed ${seed}, ${seeds} seeds`,
      wanted: 'a whole number of at least 0, and at least one seed',
      fix: 'give for example seed 0 and 5 seeds',
      usage: true,
    })
}

/** One score as it is; of several the means, number by number. */
function summaryOf(found: readonly MetricScore[], seeds: readonly number[]): MetricResult {
  const [first] = found
  const { score, seed: _, ...details } = first
  if (found.length === 1) return { score, ...details, seeds }
  const scores = found.map((one) => one.score)
  const { mean, standardDeviation, interval } = confidenceOf(scores)
  const means = Object.keys(details).map((name) => [name, meanDetail(found.map((one) => one[name]))])
  return { score: mean, standardDeviation, interval, scores, ...Object.fromEntries(means), seeds }
}

type Detail = MetricScore[string]

/** Means of numbers at the same place; the first where places differ. */
function meanDetail(values: readonly Detail[]): Detail {
  const [first] = values
  if (typeof first === 'number')
    return values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length
  if (first === undefined) return undefined
  const lists = values as readonly (readonly (number | readonly number[])[])[]
  if (lists.some((list) => list.length !== first.length)) return first
  return first.map((_, place) => meanDetail(lists.map((list) => list[place]))) as Detail
}
