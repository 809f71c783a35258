import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Layers } from '../parameters.ts'

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
  /** What the encoder says of the code of each example. */
  statistics(features: Tensor, size: number, layers: Layers, options: Options): Statistics
  /** Codes from statistics and standard normal noise [rows, latent]. */
  draw(statistics: Statistics, noise: Tensor, layers: Layers, options: Options): Drawn
  /** The code that stands for an example [rows, latent]: its posterior's mean, or the code of no noise. */
  center(statistics: Statistics, layers: Layers, options: Options): Tensor
}

/** What a prior or a term may need of a latent: codes that are drawn, or drawn from a diagonal Gaussian. @inline */
export type LatentNeed = 'draws' | 'gaussian'

/** Makes a kind of code; its name and options become part of its type. */
export const defineLatent = <const Name extends string, Options, Input>(
  latent: Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Latent<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'latent'> => part('latent', latent)
