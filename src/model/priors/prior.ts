import type * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { ConcreteShape, Dim } from '../../base/shape.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { logSumExp } from '../../graph/ops/softmax.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'
import type { LatentNeed } from '../distributions/latent.ts'
import type { ImageSize } from '../layers/spatial.ts'
import type { NoiseNeed } from '../noise.ts'
import type { Layers } from '../parameters.ts'
import type { CodeSpace, CodeSpaceKind } from '../spaces.ts'

/** A mixture of K diagonal Gaussians over codes. @inline */
export interface Mixture {
  /** [K, latent]. */
  readonly mean: Tensor
  /** [K, latent]. */
  readonly logVariance: Tensor
  /** Log-weights [K]; they sum to 1 as weights. */
  readonly logWeight: Tensor
}

/**
 * How an engine draws codes of a prior: noise in, codes out.
 *
 * `step` takes noise [rows, width of the noise] and what the step before gave [rows, width], at first zeros, and is run
 * `passes` times with the same noise; codes are the first columns of what the last one gives. One pass is enough where
 * no dimension waits for another; where each waits for those before it (autoregression), as many passes as dimensions
 * settle all of them exactly.
 *
 * @inline
 */
export interface PriorDraws {
  /** Default: standard normal, as many numbers as a code has. */
  readonly noise?: NoiseNeed
  /** Default 1. */
  readonly passes?: number
  /** Columns that go from pass to pass; default: as many as a code has. */
  readonly width?: number
  /** From noise [rows, …] and what the step before gave [rows, width] to what this one gives [rows, width]. */
  step(noise: Tensor, before: Tensor): Tensor
  /** The noise [rows, …] that comes to codes [rows, latent]: it is kept where a code goes from one condition to another. */
  noiseOf?(code: Tensor): Tensor
}

/** A prior that is no mixture of Gaussians: its density, and how to draw from it. @inline */
export interface CodeDensity extends PriorDraws {
  /** log p(z) in nats [rows] of codes [rows, latent]. */
  logDensity(code: Tensor): Tensor
  /** KL to it of diagonal Gaussians of these means and log-variances [rows, latent] each, where it has a closed form. */
  klOfGaussian?(mean: Tensor, logVariance: Tensor): Tensor
}

/**
 * p(z): what codes are expected to be before an example is seen: N(0, I), a mixture of Gaussians (`components`), or a
 * density of its own (`density`).
 */
export interface Prior<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  readonly options: z.core.$ZodType<Options>
  /** p(z) in formulas. */
  formula(options: Options): string
  /** Where its codes live; default: any numbers. Only latents of the same space fit. */
  readonly space?: CodeSpaceKind
  /** True for N(0, I) alone. */
  readonly isStandard?: true
  /** True for the one prior of its space that latents may have a closed-form KL to, as N(0, I) is of any numbers. */
  readonly isReference?: true
  /** True where it is p(z|c): a model has to be given a condition. */
  readonly isConditional?: true
  /** A learned prior learns from codes that are drawn; one made of the encoder's posteriors needs Gaussian ones. */
  readonly needs?: LatentNeed
  /** The components; undefined for N(0, I). */
  components?(context: PriorContext, options: Options): Mixture | undefined
  /** Instead of components: a density, and draws of it. */
  density?(context: PriorContext, options: Options): CodeDensity
}

/** @inline */
export interface PriorContext {
  /** Dimensions of the code. */
  readonly latent: number
  /** Where the latent's codes live, with what is to be known of that space. */
  readonly space: CodeSpace
  readonly exampleShape: ConcreteShape
  /** Declares parameters of the prior. */
  readonly layers: Layers
  /** True where examples lie in [0, 1]. */
  readonly unitInterval: boolean
  /** The condition of each code [rows, width]; absent where a model is given none. */
  readonly condition?: (rows: Dim) => Tensor
  /** Height and width of codes that are images; absent elsewhere. */
  readonly places?: ImageSize
  /** How the variables of discrete codes are read and written: one-hots [rows, variables, most levels]. */
  readonly coding?: {
    read(code: Tensor): Tensor
    write(oneHot: Tensor): Tensor
  }
  /** What the encoder says of examples in model units [K, ...exampleShape]. */
  encode(x: Tensor): Readonly<Record<string, Tensor>>
}

/** A prior as it was traced for a model: one thing, whatever its kind. @inline */
export interface TracedPrior {
  /** log p(z) in nats [rows] of codes [rows, latent]. */
  logDensity(code: Tensor): Tensor
  /** Whether it is the prior that latents of its space may have a closed-form KL to. */
  readonly isReference: boolean
  /** KL to it of diagonal Gaussians [rows, latent], where it is no reference and has a closed form still. */
  klOfGaussian?(mean: Tensor, logVariance: Tensor): Tensor
  /** Its components, where it is a mixture of Gaussians. */
  readonly mixture?: Mixture
  /** How codes are drawn from it, where it is neither N(0, I) nor a mixture. */
  readonly draws?: PriorDraws
}

/** Traces a prior of any kind. */
export function tracedPrior<Options>(
  prior: Prior<Options>,
  context: PriorContext,
  options: Options,
): TracedPrior {
  const isReference = (prior.isStandard ?? prior.isReference) === true
  if (prior.density) {
    const density = prior.density(context, options)
    const { klOfGaussian } = density
    return {
      logDensity: (code) => density.logDensity(code),
      isReference,
      draws: density,
      ...(klOfGaussian && { klOfGaussian }),
    }
  }
  const mixture = prior.components?.(context, options)
  return {
    logDensity: (code) => priorLogDensity(code, mixture),
    isReference,
    ...(mixture ? { mixture } : {}),
  }
}

/** log p(z) in nats [rows] of codes [rows, latent], of N(0, I) or a mixture of Gaussians. */
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
