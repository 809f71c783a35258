import type { z } from 'zod'
import type { Tensor } from '../../graph/tensor.ts'

/** p(x|z): how the decoder's output is read as a distribution over examples. */
export interface Likelihood<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  /** What one example contributes, for the printed formula. */
  formula(options: Options): string
  /** −log p(x|z) of each entry, in nats, same shape as x; a constant that `omitted` counts may be left out. */
  negativeLogLikelihood(output: Tensor, x: Tensor, options: Options): Tensor
  /** Nats per entry that the line above leaves out; an honest likelihood adds them. */
  omitted(options: Options): number
  /** E[x|z]. */
  mean(output: Tensor): Tensor
  /** σ² of the Gaussian that this is, where it is one. */
  variance(options: Options): number | undefined
  /** True where x must lie in [0, 1]. */
  readonly unitInterval: boolean
}

export const defineLikelihood = <Options>(likelihood: Likelihood<Options>): Likelihood<Options> => likelihood
