import type * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { ConcreteShape } from '../../base/shape.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { logSumExp } from '../../graph/ops/softmax.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'
import type { LatentNeed } from '../distributions/latent.ts'
import type { Layers } from '../parameters.ts'

/** A mixture of K diagonal Gaussians over codes. @inline */
export interface Mixture {
  /** [K, latent]. */
  readonly mean: Tensor
  /** [K, latent]. */
  readonly logVariance: Tensor
  /** Log-weights [K]; they sum to 1 as weights. */
  readonly logWeight: Tensor
}

/** p(z): what codes are expected to be before an example is seen. Each is N(0, I) or a mixture of Gaussians. */
export interface Prior<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  readonly options: z.core.$ZodType<Options>
  /** p(z) in formulas. */
  formula(options: Options): string
  /** True for N(0, I) alone. */
  readonly isStandard?: true
  /** A learned prior learns from codes that are drawn; one made of the encoder's posteriors needs Gaussian ones. */
  readonly needs?: LatentNeed
  /** The components; undefined for N(0, I). */
  components(context: PriorContext, options: Options): Mixture | undefined
}

/** @inline */
export interface PriorContext {
  /** Dimensions of the code. */
  readonly latent: number
  readonly exampleShape: ConcreteShape
  /** Declares parameters of the prior. */
  readonly layers: Layers
  /** True where examples lie in [0, 1]. */
  readonly unitInterval: boolean
  /** What the encoder says of examples in model units [K, ...exampleShape]. */
  encode(x: Tensor): Readonly<Record<string, Tensor>>
}

/** log p(z) in nats [rows] of codes [rows, latent]. */
export function priorLogDensity(code: Tensor, mixture: Mixture | undefined): Tensor {
  if (!mixture) return mul(sumPerExample(add(square(code), LOG_TWO_PI)), -0.5)
  const [rows, latent] = code.shape
  const each = gaussianLogDensity(reshape(code, [rows, 1, latent]), mixture.mean, mixture.logVariance)
  return logSumExp(add(sum(each, [2]), mixture.logWeight))
}

/** Makes a prior; its name and options become part of its type. */
export const definePrior = <const Name extends string, Options, Input>(
  prior: Prior<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Prior<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'prior'> => part('prior', prior)
