import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { NoiseNeed } from '../noise.ts'
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
  /** Where codes live; default: any numbers. Only priors of the same space fit. */
  space?(size: number, options: Options): CodeSpace
  /** The noise that a code is drawn from; default: standard normal, as many numbers as the code has. */
  noise?(size: number, options: Options): NoiseNeed
  /** What the encoder says of the code of each example. */
  statistics(features: Tensor, size: number, layers: Layers, options: Options): Statistics
  /** Codes from statistics and noise [rows, width], standard normal [rows, latent] where `noise` says nothing else. */
  draw(statistics: Statistics, noise: Tensor, layers: Layers, options: Options): Drawn
  /** The code that stands for an example [rows, latent]: its posterior's mean, or the code of no noise. */
  center(statistics: Statistics, layers: Layers, options: Options): Tensor
  /**
   * KL(q(z|x) ‖ p(z)) in nats to the reference prior of its space (N(0, I), where codes are any numbers), where it has a
   * closed form: [rows, latent] where it is a sum over dimensions, else [rows]. A Gaussian's need not be said.
   */
  kl?(statistics: Statistics, layers: Layers, options: Options): Tensor
  /**
   * Codes of its space near to any numbers [rows, latent], the same for codes: what is decoded may have been moved or
   * averaged. Where it is missing the decoder takes numbers as they are.
   */
  project?(code: Tensor, options: Options): Tensor
  /** Coordinates [rows, latent] in which the decoder reads a code, where they are others than the code's own. */
  chart?(code: Tensor, options: Options): Tensor
}

/** What a prior or a term may need of a latent: codes that are drawn, or drawn from a diagonal Gaussian. @inline */
export type LatentNeed = 'draws' | 'gaussian'

/** Makes a kind of code; its name and options become part of its type. */
export const defineLatent = <const Name extends string, Options, Input>(
  latent: Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'latent'> => part('latent', latent)
