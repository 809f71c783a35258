import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { type Part, part } from '../../base/parts.ts'
import type { CodeSpace, CodeSpaceKind } from '../../model/spaces.ts'
import type { CodeLearner } from './learned/code-learner.ts'

/** Components of a prior as numbers, under the names that `priorProgram` gives its outputs. @inline */
export interface PriorComponents {
  /** [K, latent]. */
  readonly mean: NDArray
  /** [K, latent]. */
  readonly logVariance: NDArray
  /** [K]; they sum to 1 as weights. */
  readonly logWeight: NDArray
}

/** A prior that is neither N(0, I) nor a mixture, as its model draws from it. @inline */
export interface DrawnPrior {
  readonly draw: DrawCodes
  /** Mean of many draws, moved into the space of codes, and standard deviation of each dimension [latent]. */
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** Of a prior that depends on a condition: codes where they are as probable under another one. */
  readonly moved?: MoveCodes
}

/** Codes [n, latent] of one condition [n, width], which may not be known, as those of another. @inline */
export type MoveCodes = (codes: NDArray, from: NDArray | undefined, to: NDArray) => Promise<NDArray>

/** What is known of the codes of a trained model. @inline */
export interface KnownCodes {
  /** Dimensions of a code. */
  readonly latent: number
  /** Where they live; default: any numbers. */
  readonly space?: CodeSpace
  /** False where nothing held codes to the prior while training. */
  readonly hasPrior: boolean
  /** Codes of training examples [n, latent], drawn from their posteriors; absent in models of earlier versions. */
  readonly codes?: NDArray
  /** Components of a prior that is a mixture of Gaussians; absent, like `drawnPrior`, where it is N(0, I). */
  readonly prior?: PriorComponents
  /** A prior that is no mixture. */
  readonly drawnPrior?: DrawnPrior
  /** Fits a small density to codes [n, latent] by gradients, and gives its draws. Error, usage: `infer/sampler-space`. */
  learn(learner: CodeLearner, codes: NDArray): Promise<DrawCodes>
}

/** Codes [count, latent], as a function of count and seed, and of a condition for each where the prior depends on it. @inline */
export type DrawCodes = (
  count: number,
  seed: number,
  condition?: NDArray,
) => NDArray<Float32Array> | Promise<NDArray<Float32Array>>

/** A way to make new codes after training. */
export interface Sampler {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  /** Where codes live that it is for; default: anywhere, or as `learn` refuses. */
  readonly space?: CodeSpaceKind
  /** Does once what all draws share. Errors: `infer/no-codes`, `infer/no-prior`, `infer/sampler-space`. */
  prepare(known: KnownCodes): DrawCodes | Promise<DrawCodes>
}

/** The codes of training examples. Error: `infer/no-codes`. */
export function storedCodes({ codes, hasPrior }: Pick<KnownCodes, 'codes' | 'hasPrior'>): NDArray {
  if (codes) return codes
  return fail({
    code: 'infer/no-codes',
    seen: 'a model that was written without codes of its training examples',
    wanted: 'codes, which training keeps with a model',
    fix: `${hasPrior ? 'sample from the prior (--from prior), or ' : ''}train the model again`,
    usage: true,
  })
}

/** Refuses what only a prior can give. */
export function refuseWithoutPrior(asked: string, instead: string): never {
  return fail({
    code: 'infer/no-prior',
    seen: `${asked} of a model whose codes nothing held to one`,
    wanted: 'a model whose codes were held near a prior',
    fix: `${instead}, or train with --objective vae`,
    usage: true,
  })
}

/**
 * Makes a way to sample codes; its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { open, train } from 'betavae'
 * import { defineSampler } from 'betavae/graph'
 *
 * const middle = defineSampler({
 *   name: 'middle',
 *   summary: 'the middle of the prior, again and again',
 *   prepare:
 *     ({ latent }) =>
 *     (count) => ({ data: new Float32Array(count * latent), shape: [count, latent] }),
 * })
 * const parts = [middle]
 * const run = await train({ data: { source: 'digits' }, training: { steps: 10 } }, { parts })
 * const model = await open(run, { parts })
 * console.log((await model.sample(4, { from: 'middle' })).shape)
 * model.dispose()
 * ```
 */
export const defineSampler = <const Name extends string>(
  own: Sampler & { readonly name: Name },
): Sampler & { readonly name: Name } & Part<'sampler'> => part('sampler', own)
