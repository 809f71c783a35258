import type { z } from 'zod'
import type { Tensor } from '../graph/tensor.ts'
import type { Autoencoder } from '../model/autoencoder.ts'

/** What a term sits on; shown in the ledger. */
export type Place = 'parameters' | 'code' | 'posterior'

/** The sizes that turn a weight into a reading. */
export interface Setting {
  /** Training examples N. */
  readonly examples: number
  /** Latent dimensions. */
  readonly latent: number
  /** Numbers in one example. */
  readonly dataSize: number
}

/** One regulariser Ωₖ of L(θ) = R(θ) + Σ λₖΩₖ. The unit of reuse: presets are lists of terms. */
export interface Term<Options = unknown> {
  readonly name: string
  readonly on: Place
  readonly summary: string
  readonly paper?: string
  /** Command-line option and symbol of its weight. */
  readonly option: string
  readonly symbol: string
  readonly defaultWeight: number
  readonly options: z.ZodType<Options>
  /** Ω as text. */
  formula(options: Options): string
  /** Whether it needs a posterior that is drawn. */
  readonly needsStochasticLatent: boolean
  /** True for a divergence from posterior to prior: its weight is β, and there may be only one. */
  readonly isRate: boolean
  /** Ω in nats: [batch], one for each example, or a scalar where it is on parameters. */
  loss(model: Autoencoder, options: Options): Tensor
  /** What a weight says, as a prior. */
  reading(weight: number, options: Options, setting: Setting): string
}

/** Keeps the pairing of options and loss while a term is written. */
export const defineTerm = <Options>(term: Term<Options>): Term<Options> => term

/** Numbers for people: four significant digits, no trailing zeros. */
export const tidy = (x: number): string => String(Number(x.toPrecision(4)))
