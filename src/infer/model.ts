import type { NDArray } from '../base/arrays.ts'
import type { NameAmong } from '../base/parts.ts'
import type { Condition } from '../data/condition.ts'
import type { Engine } from '../engine/engine.ts'
import type { Given, GivenRows } from './given.ts'
import type { HouseSampler } from './samplers/index.ts'
import type { CodeSpread, SpreadSource } from './samplers/spread.ts'

/** What models give is float32, whatever the engine computes in. @inline */
export type Float32Rows = NDArray<Float32Array>

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
export interface GivenOptions extends CallOptions {
  /** What is known of each row or code, where the model is given it: values by name, one for all or one for each. */
  readonly condition?: GivenRows | undefined
}

/** @inline */
export interface DecodeOptions extends GivenOptions {
  /**
   * What the condition is to be changed to; beside no condition, the rest is as is most usual. Where the prior depends on
   * it (`conditional`), codes go to the same place in the prior of what is asked for: μ(c′) + σ(c′)·(z − μ(c))/σ(c).
   */
  readonly where?: Given | undefined
}

/** @inline */
export interface ScoreOptions extends GivenOptions {
  readonly seed?: number
  /** Number of the first row, where rows are scored part by part: each draws a code by its own number. */
  readonly first?: number
}

/** @inline */
export interface SampleOptions extends CallOptions {
  /** What is to be known of the samples; the rest of their conditions is drawn as it was among training examples. */
  readonly where?: Given | undefined
  /** Where codes come from: prior, gmm, aggregate, maf, iaf, two-stage, autoregressive or uniform; default: `samplesFrom`. */
  readonly from?: NameAmong<HouseSampler>
  readonly seed?: number
}

/**
 * A trained autoencoder on an engine. Rows go in and come out in the data's own units and layout.
 * [n, ...exampleShape]; codes are [n, latent].
 */
export interface Model extends Disposable {
  readonly exampleShape: readonly number[]
  readonly latent: number
  readonly stochastic: boolean
  /** What the model is given beside rows and codes; absent where that is nothing. */
  readonly condition?: Condition
  /** What computes, and whether it stands in for a faster one (`warning`). */
  readonly engine: Pick<Engine, 'name' | 'threads' | 'description' | 'warning'>
  /** Posterior parameters of rows [n, …]. Errors: `infer/…`. */
  encode(rows: NDArray, options?: GivenOptions): Promise<Encoded>
  /** What codes [n, latent] decode to, in the data's own units. */
  decode(codes: NDArray, options?: DecodeOptions): Promise<Float32Rows>
  /** decode(encode(rows).mean), under another condition where one is asked for: what the example would be then. */
  reconstruct(rows: NDArray, options?: DecodeOptions): Promise<Float32Rows>
  /** Whether codes were held to the prior while training, so that draws from it make sense. */
  readonly hasPrior: boolean
  /** Where codes of samples come from where nobody says: as the recipe has it, else the prior, or gmm where nothing held codes to one. */
  readonly samplesFrom: string
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
   * 0: [positions, ...exampleShape]. A conditional model is given `condition`, or the most usual one, changed to what
   * `where` says.
   */
  traverse(
    dimension: number,
    positions: readonly number[],
    options?: DecodeOptions & { readonly base?: ArrayLike<number> },
  ): Promise<Float32Rows>
  /** A straight line between the codes, and the conditions, of two examples, both ends included. */
  interpolate(from: NDArray, to: NDArray, steps: number, options?: GivenOptions): Promise<Float32Rows>
  /** Frees what the engine holds; `using` does it, too. */
  dispose(): void
}
