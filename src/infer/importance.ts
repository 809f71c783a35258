import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import { nextTurn } from '../base/yielding.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { sumPerExample } from '../graph/functions.ts'
import { input } from '../graph/ops/input.ts'
import { sub } from '../graph/ops/sub.ts'
import { type Program, program } from '../graph/program.ts'
import {
  type ExampleType,
  generativeOf,
  modelUnits,
  perDraw,
  repeated,
  traceDecoder,
  traceDraws,
  tracePrior,
  traceStatistics,
} from '../model/autoencoder.ts'
import { conditionInput } from '../model/condition.ts'
import { fillNoise, type NoiseNeed } from '../model/noise.ts'
import { likelihoodOf, type ModelSpec, noiseNeedOf } from '../model/spec.ts'
import { newTrace } from '../model/trace.ts'
import { padRows } from './padding.ts'
import type { ReadExamples } from './scoring.ts'

/** Numbers of decoder output in one run: enough to keep an engine busy, little enough for its caches and memory. */
const OUTPUTS_PER_RUN = 2 ** 20
const MOST_ROWS = 1000
const FEWEST_ROWS = 50

/** Keeps these draws apart from those of `Scoring`, which uses the same stream. */
const FIRST_STEP = 2 ** 48

/** Log-weights of consecutive examples; those of one example may come in several pieces. */
export interface LogWeights {
  /** Position of the first example. */
  readonly first: number
  readonly examples: number
  /** log p(x|z) + log p(z) − log q(z|x) at draws z of q(z|x), in nats: the same number of draws for each example. */
  readonly values: Float64Array
}

export interface ImportanceRequest {
  /** Examples are 0 … count−1, which `read` gives by number. */
  readonly count: number
  readonly read: ReadExamples
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Feeds
  /** Draws for each example. */
  readonly samples: number
  readonly seed: number
  readonly signal?: AbortSignal
}

/** How draws are laid out: every run decodes `samples` draws of each of `examples` examples. */
interface Layout {
  readonly examples: number
  readonly samples: number
  /** Runs that give one example all of its draws. */
  readonly passes: number
}

function layoutOf({ count, samples }: ImportanceRequest, example: ExampleType): Layout {
  const fitting = Math.floor(OUTPUTS_PER_RUN / sizeOf(example.shape))
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, fitting))
  const passes = Math.ceil(samples / rows)
  const each = Math.ceil(samples / passes)
  return { examples: Math.min(count, Math.floor(rows / each)), samples: each, passes }
}

/** Traces the statistics of stored rows `x`, given their condition, by name. */
function statisticsProgram(spec: ModelSpec, example: ExampleType): Program {
  const condition = conditionInput(spec, 'batch')
  return program('encoder', traceStatistics(spec, modelUnits(example, 'batch'), newTrace(), condition))
}

/** Traces log-weights from what the encoder said of each example, so that only the decoder runs for every draw. */
export function importanceProgram(
  spec: ModelSpec,
  example: ExampleType,
  { examples, samples }: Pick<Layout, 'examples' | 'samples'>,
): Program {
  const trace = newTrace()
  const known = Object.entries(statisticsProgram(spec, example).outputs).map(
    ([name, { shape }]) => [name, input(name, [examples, ...shape.slice(1)])] as const,
  )
  const condition = conditionInput(spec, examples)
  const x = modelUnits(example, examples)
  const generative = generativeOf({ spec, example, trace, x, condition }, samples)
  const statistics = repeated(Object.fromEntries(known), samples)
  const { code, logDensity } = traceDraws(spec, statistics, trace, generative)
  if (!logDensity) return noPosterior()
  const given = condition && perDraw(condition, samples)
  const { density } = traceDecoder(spec, example, code, trace, given)
  const losses = density.negativeLogLikelihood(perDraw(x, samples))
  return program('importance', {
    reconstruction: sumPerExample(losses),
    logRatio: sub(tracePrior(spec, example, trace, samples).logDensity(code), logDensity),
  })
}

/**
 * Draws codes from each example's posterior and weighs them by log p(x, z) − log q(z|x), in nats, β left out.
 *
 * The likelihood is whole: constants that its loss leaves out are added. The draws are a function of seed, sample
 * count and example position. Error: `infer/no-posterior` where the latent is deterministic.
 */
export async function* importanceWeights(
  engine: Engine,
  spec: ModelSpec,
  example: ExampleType,
  request: ImportanceRequest,
): AsyncGenerator<LogWeights, void, undefined> {
  const { count, read, samples, values, seed, signal } = request
  const layout = layoutOf(request, example)
  const weighing = importanceProgram(spec, example, layout)
  using encoder = await engine.load(statisticsProgram(spec, example), { constants: values })
  using decoder = await engine.load(weighing, { constants: values })
  const { kind, options } = likelihoodOf(spec)
  const omitted = kind.omitted(options) * sizeOf(example.shape)
  for (let first = 0; first < count; first += layout.examples) {
    const examples = Math.min(layout.examples, count - first)
    const seen = await read(Uint32Array.from({ length: examples }, (_, i) => first + i))
    const statistics = await encoder.run(seen)
    const fixed = mapFeeds({ ...seen, ...statistics }, (rows) => padRows(rows, layout.examples))
    for (let pass = 0; pass < layout.passes; pass++) {
      signal?.throwIfAborted()
      const noise = noiseOf(first, pass, layout, noiseNeedOf(spec), seed)
      const { reconstruction, logRatio } = await decoder.run({ ...fixed, noise })
      const drawn = Math.min(layout.samples, samples - pass * layout.samples)
      yield { first, examples, values: weightsOf(reconstruction, logRatio, omitted, layout, examples, drawn) }
      await nextTurn()
    }
  }
}

const mapFeeds = (feeds: Feeds, change: (rows: NDArray) => NDArray): Feeds =>
  Object.fromEntries(Object.entries(feeds).map(([name, rows]) => [name, change(rows)]))

/** Every example and pass draws from a step of its own, so that its draws do not depend on its neighbors. */
function noiseOf(
  first: number,
  pass: number,
  { examples, samples, passes }: Layout,
  { kind, width }: NoiseNeed,
  seed: number,
): NDArray {
  const data = new Float32Array(examples * samples * width)
  for (let i = 0; i < examples; i++) {
    const step = FIRST_STEP + (first + i) * passes + pass
    const own = data.subarray(i * samples * width, (i + 1) * samples * width)
    fillNoise(kind, own, { seed, stream: streams.evaluation, step })
  }
  return { data, shape: [examples * samples, width] }
}

/** The first `drawn` log-weights of each of the first `examples` examples. */
function weightsOf(
  reconstruction: NDArray,
  logRatio: NDArray,
  omitted: number,
  { samples }: Layout,
  examples: number,
  drawn: number,
): Float64Array {
  return Float64Array.from({ length: examples * drawn }, (_, at) => {
    const row = Math.floor(at / drawn) * samples + (at % drawn)
    return logRatio.data[row] - reconstruction.data[row] - omitted
  })
}

function noPosterior(): never {
  return fail({
    code: 'infer/no-posterior',
    seen: 'importance sampling of a model with a deterministic latent',
    wanted: 'a model whose codes are drawn from a posterior',
    fix: 'leave --nll out, or train with --objective vae',
    usage: true,
  })
}
