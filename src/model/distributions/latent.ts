import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { NoiseKind, NoiseNeed } from '../noise.ts'
import type { Layers } from '../parameters.ts'
import type { CodeSpace } from '../spaces.ts'

/** What the encoder says of the code of each example, by name: [rows, …] each. @inline */
export type Statistics = Readonly<Record<string, Tensor>>

/** A code for each row, and how probable the posterior holds it. @inline */
export interface Drawn {
  /** [rows, latent]. */
  readonly code: Tensor
  /** log q(code|x) in nats [rows]; absent where nothing is drawn. */
  readonly logDensity?: Tensor
  /**
   * KL to N(0, I) in nats of each number given those that were drawn before it [rows, latent]: where only some of a code
   * has to be drawn to know the rest in closed form.
   */
  readonly kl?: Tensor
}

/** What a code may ask of the model that decodes it. @inline */
export interface Generative {
  /** Declares parameters of the decoder. */
  readonly layers: Layers
  /** log p(x, z) in nats [rows] of codes [rows, latent], each with the example that its row is of. */
  logJoint(code: Tensor): Tensor
}

/** The model that decodes a code; those who trace a code that asks of it have to bring it. */
export function decodedBy(generative: Generative | undefined): Generative {
  if (generative) return generative
  throw new TypeError('a code that asks of its model, traced without one')
}

/** A level of a hierarchy of codes. @inline */
export interface Level {
  readonly name: string
  /** Numbers of a code that are its. */
  readonly size: number
}

/** How discrete codes are smoothed while training. @inline */
export interface Relaxation {
  /** A scalar; the nearer to 0, the nearer to discrete. */
  readonly temperature: Tensor
  /** True where the decoder sees discrete codes, and only gradients those of the temperature. */
  readonly hard: boolean
}

/** What a draw may use while training, and not where a model is judged. @inline */
export interface Training {
  /** Where a term relaxes codes. */
  readonly relaxation?: Relaxation
  /** Numbers of the latent's own, drawn afresh at every step. */
  draw(name: string, kind: NoiseKind, shape: readonly number[]): Tensor
  /** A value that a step puts in the place of a parameter, which no gradient moves then. */
  replace(parameter: Tensor, value: Tensor): void
}

/** How variables of discrete codes are read and written: one-hots [rows, variables, most levels]. @inline */
export interface Coding<Options> {
  /** True where all variables have the same levels: entries of one codebook. */
  readonly sharesLevels?: true
  /** From codes [rows, latent] to one-hots. */
  read(code: Tensor, layers: Layers, options: Options): Tensor
  /** From one-hots to codes [rows, latent]. */
  write(oneHot: Tensor, layers: Layers, options: Options): Tensor
}

/** A way to make codes from the encoder's features: q(z|x), or a function of x. */
export interface Latent<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  readonly options: z.core.$ZodType<Options>
  /** True where the code is drawn, so that a divergence from the prior exists. */
  readonly stochastic: boolean
  /** True where the statistics are `mean` and `logVariance` of a diagonal Gaussian, and the code is drawn from it. */
  readonly gaussian: boolean
  /** True for categorical variables, which a temperature may relax. */
  readonly relaxes?: true
  /** True where gradients pass straight through what is rounded: they are not those of the codes. */
  readonly roundsCodes?: true
  /** Sizes of codes that fit: from `least` on, by `step`; default: any. */
  sizes?(options: Options): { readonly least: number; readonly step: number }
  /** Numbers at each place, where its code may be an image of them; the features of convolutions are one then. */
  places?(options: Options): number | undefined
  /** Where codes live; default: any numbers. Only priors of the same space fit. */
  space?(size: number, options: Options): CodeSpace
  /** The noise that a code is drawn from; default: standard normal, as many numbers as the code has. */
  noise?(size: number, options: Options): NoiseNeed
  /** What the encoder says of the code of each example, by features [rows, n], or [rows, n, height, width] of `places`. */
  statistics(features: Tensor, size: number, layers: Layers, options: Options): Statistics
  /**
   * Codes from statistics and noise [rows, width], standard normal [rows, latent] where `noise` says nothing else;
   * discrete ones where there is no `training`. A model gives `generative`.
   */
  draw(
    statistics: Statistics,
    noise: Tensor,
    layers: Layers,
    options: Options,
    training?: Training,
    generative?: Generative,
  ): Drawn
  /** The code that stands for an example [rows, latent]: its posterior's mean, or the code of no noise. */
  center(statistics: Statistics, layers: Layers, options: Options, generative?: Generative): Tensor
  /**
   * KL(q(z|x) ‖ p(z)) in nats to the reference prior of its space (N(0, I), where codes are any numbers), where it has a
   * closed form: [rows, latent] where it is a sum over dimensions, else [rows]. A Gaussian's need not be said.
   */
  kl?(statistics: Statistics, layers: Layers, options: Options): Tensor
  /**
   * Codes of its space near to any numbers [rows, latent], the same for codes: what is decoded may have been moved or
   * averaged. Where it is missing the decoder takes numbers as they are.
   */
  project?(code: Tensor, options: Options, layers: Layers): Tensor
  /** Coordinates [rows, any] in which the decoder reads a code, where they are others than the code's own; by its layers. */
  chart?(code: Tensor, options: Options, layers: Layers): Tensor
  /** Levels of a hierarchy, in the order in which they lie in a code. */
  levels?(size: number, options: Options): readonly Level[]
  /** How formulas write its prior and its divergence from it where that is N(0, I), if not as of any other code. */
  readonly formulas?: { readonly prior: string; readonly divergence: string }
  /** How the variables of discrete codes are read and written. */
  readonly coding?: Coding<Options>
}

/**
 * What a prior or a term may need of a latent: codes that are drawn, drawn from a diagonal Gaussian, relaxed by a
 * temperature, rounded, or numbers and categorical variables side by side.
 *
 * @inline
 */
export type LatentNeed = 'draws' | 'gaussian' | 'relaxes' | 'rounds' | 'mixed'

/** Makes a kind of code; its name and options become part of its type. */
export const defineLatent = <const Name extends string, Options, Input>(
  latent: Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'latent'> => part('latent', latent)
