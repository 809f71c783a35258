import type { NDArray, NumericArray } from '../base/arrays.ts'
import type { NameAmong } from '../base/parts.ts'
import { sizeOf } from '../base/shape.ts'
import type { Engine, Executable, Feeds } from '../engine/engine.ts'
import { latentOf } from '../model/spec.ts'
import {
  checkBase,
  checkCodes,
  checkCount,
  checkDimension,
  checkEnd,
  checkPositions,
  checkRows,
  checkSeed,
} from './arguments.ts'
import { type ModelParts, openPrograms } from './programs.ts'
import type { HouseSampler } from './samplers/index.ts'
import { knownCodes } from './samplers/known.ts'
import { openSamplers } from './samplers/open.ts'
import type { KnownCodes } from './samplers/sampler.ts'
import { type CodeSpread, type SpreadSource, spreadOf } from './samplers/spread.ts'
import type { Scoring, ScoringPass } from './scoring.ts'

export type { ModelParts } from './programs.ts'

/** What models give is float32, whatever the engine computes in. @inline */
type Float32Rows = NDArray<Float32Array>

/** Posterior parameters of each example, [n, latent]. */
export interface Encoded {
  readonly mean: Float32Rows
  /** Absent where the latent is deterministic. */
  readonly logVariance?: Float32Rows
}

/** What each example costs, in nats [n]. */
export interface Scored {
  /** −log p(x|z) at one posterior sample. */
  readonly reconstruction: Float64Array
  /** Absent, like `elbo`, where the latent is deterministic. */
  readonly kl?: Float64Array
  /** −(reconstruction + kl): a lower bound on log p(x), whatever β was. */
  readonly elbo?: Float64Array
}

/** @inline */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** @inline */
export interface ScoreOptions extends CallOptions {
  readonly seed?: number
  /** Number of the first row, where rows are scored part by part: each draws a code by its own number. */
  readonly first?: number
}

/** @inline */
export interface SampleOptions extends CallOptions {
  /** Where codes come from: prior, gmm or aggregate; default: the prior, or gmm where nothing held codes to one. */
  readonly from?: NameAmong<HouseSampler>
  readonly seed?: number
}

/**
 * A trained autoencoder on an engine. Rows go in and come out in the data's own units and layout
 * [n, ...exampleShape]; codes are [n, latent].
 */
export interface Model extends Disposable {
  readonly exampleShape: readonly number[]
  readonly latent: number
  readonly stochastic: boolean
  /** What computes, and whether it stands in for a faster one (`warning`). */
  readonly engine: Pick<Engine, 'name' | 'threads' | 'description' | 'warning'>
  /** Posterior parameters of rows [n, …]. Errors: `infer/…`. */
  encode(rows: NDArray, options?: CallOptions): Promise<Encoded>
  /** What codes [n, latent] decode to, in the data's own units. */
  decode(codes: NDArray, options?: CallOptions): Promise<Float32Rows>
  /** decode(encode(rows).mean). */
  reconstruct(rows: NDArray, options?: CallOptions): Promise<Float32Rows>
  /** Whether codes were held to the prior while training, so that draws from it make sense. */
  readonly hasPrior: boolean
  /** Decodes codes that a sampler draws. Errors: `infer/no-prior`, `infer/no-codes`, `infer/sampler`. */
  sample(count: number, options?: SampleOptions): Promise<Float32Rows>
  /** What each row costs, in nats, at one draw of its code. */
  score(rows: NDArray, options?: ScoreOptions): Promise<Scored>
  /**
   * Mean and standard deviation of every dimension: of the prior, or of codes of training examples; default: of the
   * prior, or of codes where nothing held those to one. Errors: `infer/no-prior`, `infer/no-codes`.
   */
  spread(of?: SpreadSource): Promise<CodeSpread>
  /**
   * Moves one code dimension along `positions`, the others held at `base`, by default the mean of a learned prior, else
   * 0: [positions, ...exampleShape].
   */
  traverse(
    dimension: number,
    positions: readonly number[],
    options?: CallOptions & { readonly base?: ArrayLike<number> },
  ): Promise<Float32Rows>
  /** A straight line between the codes of two examples, both ends included. */
  interpolate(from: NDArray, to: NDArray, steps: number, options?: CallOptions): Promise<Float32Rows>
  /** Frees what the engine holds; `using` does it, too. */
  dispose(): void
}

/** Rows that pass through the engine at once. */
const CHUNK = 256

/** Makes a trained model ready to be used; its parameters are written into the loaded programs. */
export async function createModel(engine: Engine, parts: ModelParts): Promise<Model> {
  const { spec, example, values, hasPrior } = parts
  const programs = await openPrograms(engine, parts)
  const latent = spec.latent.size
  const { stochastic } = latentOf(spec).kind
  const encode: Model['encode'] = async (rows, { signal } = {}) => {
    const results = await inChunks(programs.encoder(), 'x', checkRows(rows, example), signal)
    return { mean: results.mean, ...(results.logVariance ? { logVariance: results.logVariance } : {}) }
  }
  const decode: Model['decode'] = async (codes, { signal } = {}) =>
    (await inChunks(programs.decoder(), 'z', checkCodes(codes, latent), signal)).reconstruction
  const known = knownCodes(engine, parts)
  const draws = openSamplers(spec, known)
  const dispose = () => programs[Symbol.dispose]()
  return {
    exampleShape: example.shape,
    latent,
    stochastic,
    engine,
    hasPrior,
    encode,
    decode,
    reconstruct: async (rows, options) => decode((await encode(rows, options)).mean, options),
    async sample(count, { from = hasPrior ? 'prior' : 'gmm', seed = 0, signal } = {}) {
      const [checkedCount, checkedSeed] = [checkCount(count, 'count'), checkSeed(seed)]
      const draw = await draws(from)
      return decode(draw(checkedCount, checkedSeed), { signal })
    },
    async score(rows, { seed = 0, first = 0, signal } = {}) {
      const checked = checkRows(rows, example)
      const pass = { seed: checkSeed(seed), first: checkSeed(first, 'first'), signal }
      return scoreRows(await programs.scoring(), checked, values, pass)
    },
    spread: async (of = hasPrior ? 'prior' : 'codes') => spreadOf(await known(), of),
    async traverse(dimension, positions, { base, signal } = {}) {
      const along = checkDimension(dimension, latent)
      const places = checkPositions(positions)
      const through = checkBase(base ?? defaultBase(await known()), latent)
      return decode(traversal(along, places, through), { signal })
    },
    async interpolate(from, to, steps, options) {
      checkCount(steps, 'steps')
      const ends = [checkEnd(from, example), checkEnd(to, example)]
      const [a, b] = await Promise.all(ends.map((end) => encode(end, options)))
      return decode(line(a.mean.data, b.mean.data, steps, latent), options)
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

const defaultBase = (known: KnownCodes): ArrayLike<number> =>
  known.prior && known.hasPrior ? spreadOf(known, 'prior').mean : new Float32Array(known.latent)

async function scoreRows(scoring: Scoring, rows: NDArray, values: Feeds, pass: ScoringPass): Promise<Scored> {
  const { reconstruction, kl } = await scoring.score(
    rows.shape[0],
    async (positions) => rowsAt(rows, positions[0], positions.length),
    values,
    pass,
  )
  return kl
    ? { reconstruction, kl, elbo: kl.map((nats, i) => -(nats + reconstruction[i])) }
    : { reconstruction }
}

function traversal(dimension: number, positions: readonly number[], base: Float32Array): NDArray {
  const latent = base.length
  const data = new Float32Array(positions.length * latent)
  positions.forEach((position, row) => {
    data.set(base, row * latent)
    data[row * latent + dimension] = position
  })
  return { data, shape: [positions.length, latent] }
}

function line(from: NumericArray, to: NumericArray, steps: number, latent: number): NDArray {
  const data = new Float32Array(steps * latent)
  for (let i = 0; i < data.length; i++) {
    const share = steps === 1 ? 0 : Math.floor(i / latent) / (steps - 1)
    data[i] = from[i % latent] + share * (to[i % latent] - from[i % latent])
  }
  return { data, shape: [steps, latent] }
}

/** A view of consecutive rows. */
function rowsAt({ data, shape }: NDArray, start: number, count: number): NDArray {
  const width = sizeOf(shape.slice(1))
  return { data: data.subarray(start * width, (start + count) * width), shape: [count, ...shape.slice(1)] }
}

async function inChunks(
  executable: Executable,
  name: string,
  rows: NDArray,
  signal?: AbortSignal,
): Promise<Record<string, Float32Rows>> {
  const count = rows.shape[0]
  const gathered: Record<string, Float32Rows> = {}
  for (let start = 0; start < count; start += CHUNK) {
    signal?.throwIfAborted()
    const part = await executable.run({ [name]: rowsAt(rows, start, Math.min(CHUNK, count - start)) })
    for (const [output, { data, shape }] of Object.entries(part)) {
      gathered[output] ??= {
        data: new Float32Array(count * sizeOf(shape.slice(1))),
        shape: [count, ...shape.slice(1)],
      }
      gathered[output].data.set(data, start * sizeOf(shape.slice(1)))
    }
  }
  return gathered
}
