import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../base/parts.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Autoencoder } from '../model/autoencoder.ts'
import type { LatentNeed, Relaxation } from '../model/distributions/latent.ts'
import type { NoiseKind } from '../model/noise.ts'
import type { Layers, Parameter } from '../model/parameters.ts'
import type { Choice } from '../model/spec.ts'
import type { Schedule, Weight } from './schedule.ts'

/** What a term sits on; shown in the ledger. @inline */
export type TermPlace = 'parameters' | 'code' | 'posterior' | 'input'

/** The sizes that turn a weight into a reading. @inline */
export interface Setting {
  /** Training examples N. */
  readonly examples: number
  /** Latent dimensions. */
  readonly latent: number
  /** Numbers in one example. */
  readonly dataSize: number
}

/** What a term sees while its loss is traced. */
export interface TermTrace {
  readonly model: Autoencoder
  /** Parameters of the model. */
  readonly parameters: readonly Parameter[]
  readonly setting: Setting
  /** Examples in a step. */
  readonly batch: number
  /** Numbers of the term's own, drawn afresh at every step. */
  draw(name: string, kind: NoiseKind, shape: readonly number[]): Tensor
  /** The value at a step of an option listed in `scheduled`: a scalar. */
  scheduled(option: string): Tensor
  /** Declares parameters of the term's opponent. */
  readonly layers: Layers
  /** Features [rows, …] of examples in model units by a network as the encoder's, whose parameters are the opponent's. */
  features(x: Tensor): Tensor
}

/** A loss that depends on an opponent, and the scalar that the opponent minimizes by parameters of its own. @inline */
export interface Contest {
  readonly value: Tensor
  readonly opponent: Tensor
}

/** A loss in whose place the parameters of the encoder lower another, of the same shape. @inline */
export interface Divided {
  readonly value: Tensor
  readonly encoder: Tensor
}

/** How an opponent learns. @inline */
export interface OpponentTraining {
  readonly optimizer: Choice
  readonly learningRate: Weight
}

/** Options that may be schedules, by name. @inline */
export type Schedules = Readonly<Record<string, Schedule>>

/** One regularizer Ωₖ of L(θ) = R(θ) + Σ λₖΩₖ. The unit of reuse: presets are lists of terms. */
export interface Term<Options = unknown> {
  readonly name: string
  readonly on: TermPlace
  readonly summary: string
  readonly paper?: string
  /** Command-line option and symbol of its weight. */
  readonly option: string
  readonly symbol: string
  readonly defaultWeight: number
  readonly options: z.core.$ZodType<Options>
  /** Options that may be schedules, each with what is wanted of one that it cannot use; each is a program input. */
  readonly scheduled?: Readonly<Record<string, (schedule: Schedule) => string | undefined>>
  /** The greatest weight that has a meaning; absent where there is none. */
  greatestWeight?(options: Options): number | undefined
  /** Ω as text; `scheduled` has the options that may be schedules, read. */
  formula(options: Options, scheduled: Schedules): string
  /** What it needs of the latent. */
  readonly needs?: LatentNeed
  /** What it needs of the latent besides, where an option decides. */
  needsWith?(options: Options): LatentNeed | undefined
  /** For a term that compares codes with N(0, I), whatever the prior. */
  readonly needsStandardPrior?: true
  /**
   * For a divergence from posterior to prior, of which there may be only one: 'beta' where its weight is β,
   * 'target' where it holds the divergence at a value instead.
   */
  readonly rate?: 'beta' | 'target'
  /** For a term that is no divergence but holds codes to the prior, too. */
  readonly holdsToPrior?: true
  /** How the opponent of an adversarial term learns. */
  opponent?(options: Options): OpponentTraining
  /** Ω in nats: [batch], one for each example, or a scalar where it is on parameters or on a batch as a whole. */
  loss?(trace: TermTrace, options: Options): Tensor | Contest | Divided | (Contest & Divided)
  /** For a term on the input: what the encoder is shown instead of x, while training; its weight is `strength`. */
  corrupt?(x: Tensor, strength: Tensor, trace: Pick<TermTrace, 'draw' | 'batch'>, options: Options): Tensor
  /** For a term that relaxes discrete codes while training; its weight is the temperature. */
  relax?(temperature: Tensor, options: Options): Relaxation
  /** What a weight says, as a prior. */
  reading(weight: number, options: Options, setting: Setting, scheduled: Schedules): string
}

/**
 * Makes a term; its name and options become part of its type.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { defineTerm, square, sumPerExample } from 'betavae/graph'
 * import * as z from 'zod'
 *
 * const smallMeans = defineTerm({
 *   name: 'small-means',
 *   on: 'code',
 *   option: 'small-means',
 *   symbol: 'μ²',
 *   defaultWeight: 1,
 *   summary: 'squared means of the posterior',
 *   options: z.strictObject({}),
 *   formula: () => 'Σ μ²',
 *   loss: ({ model }) => sumPerExample(square(model.posterior.mean)),
 *   reading: (weight) => `a Gaussian prior on the means, of variance ${1 / (2 * weight)}`,
 * })
 * const terms = [{ term: 'small-means', weight: 0.1 }] as const
 * const draft = { data: { source: 'digits' }, objective: { terms }, training: { steps: 10 } } as const
 * console.log((await train(draft, { parts: [smallMeans] })).trained.recipe.objective.terms)
 * ```
 */
export const defineTerm = <const Name extends string, Options, Input>(
  term: Term<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Term<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'term'> => part('term', term)

/** Numbers for people: four significant digits, no trailing zeros. */
export const tidy = (x: number): string => String(Number(x.toPrecision(4)))

/** How often something counts: once, 4 times. */
export const times = (weight: number): string => (weight === 1 ? 'once' : `${tidy(weight)} times`)
