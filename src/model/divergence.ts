import { sumPerExample } from '../graph/functions.ts'
import { sub } from '../graph/ops/sub.ts'
import type { Tensor } from '../graph/tensor.ts'
import { tracePrior } from './code-prior.ts'
import { klToStandardNormal } from './distributions/gaussian.ts'
import type { Drawn, Statistics } from './distributions/latent.ts'
import { columnsOverDraws, overDraws, repeated } from './draws.ts'
import type { ExampleType } from './example.ts'
import type { Mixture, TracedPrior } from './priors/prior.ts'
import { logCodes } from './spaces.ts'
import { latentOf, type ModelSpec, spaceOf } from './spec.ts'
import type { Trace } from './trace.ts'

/** A prior, and how far codes are from it. @inline */
export interface Divergence {
  readonly prior: TracedPrior
  /** Components of the prior, where it is a mixture of Gaussians. */
  readonly mixture: Mixture | undefined
  /** log q(z|x) − log p(z) of each draw in nats [rows]; absent where nothing is drawn. */
  readonly logRatio?: Tensor
  /** KL(q(z|x) ‖ p(z)) of each example in nats [batch], all given its condition where there is one: closed form where there is one, else estimated at the draws. */
  readonly kl?: Tensor
  /** Of each dimension [batch, latent], where the KL is a sum over them. */
  readonly klPerDimension?: Tensor
}

export function traceDivergence(
  spec: ModelSpec,
  example: ExampleType,
  { code, logDensity, kl, statistics }: Drawn & { readonly statistics: Statistics },
  trace: Trace,
  draws: number,
): Divergence {
  const prior = tracePrior(spec, example, trace, draws)
  const { mixture } = prior
  if (!logDensity) return { prior, mixture }
  const logRatio = sub(logDensity, prior.logDensity(code))
  const closed = prior.isReference
    ? kl
      ? columnsOverDraws(kl, draws)
      : closedKl(spec, statistics, trace)
    : (gaussianKl(spec, prior, statistics, draws) ??
      discreteKl(spec, prior, { code, statistics }, trace, draws))
  if (!closed) return { prior, mixture, logRatio, kl: overDraws(logRatio, draws) }
  if (closed.shape.length === 1) return { prior, mixture, logRatio, kl: closed }
  return { prior, mixture, logRatio, kl: sumPerExample(closed), klPerDimension: closed }
}

/** KL to the reference prior of the latent's space, [batch, latent] or [batch]; undefined where draws must tell. */
function closedKl(spec: ModelSpec, statistics: Statistics, trace: Trace): Tensor | undefined {
  const { kind, options } = latentOf(spec)
  if (kind.kl) return kind.kl(statistics, trace.layers('encoder'), options)
  return kind.gaussian ? klToStandardNormal(statistics.mean, statistics.logVariance) : undefined
}

/** KL of a Gaussian posterior to a prior that is none of reference but has it in closed form [batch, latent]. */
function gaussianKl(
  spec: ModelSpec,
  { klOfGaussian }: TracedPrior,
  statistics: Statistics,
  draws: number,
): Tensor | undefined {
  if (!klOfGaussian || !latentOf(spec).kind.gaussian) return undefined
  const { mean: center, logVariance } = repeated(statistics, draws)
  return columnsOverDraws(klOfGaussian(center, logVariance), draws)
}

/**
 * KL to a learned prior of discrete codes [batch]: what a code is known by, Σ q log q, in closed form, less log p(z) at the
 * draws.
 */
function discreteKl(
  spec: ModelSpec,
  prior: TracedPrior,
  { code, statistics }: Pick<Drawn, 'code'> & { readonly statistics: Statistics },
  trace: Trace,
  draws: number,
): Tensor | undefined {
  const space = spaceOf(spec)
  const toUniform = space.kind === 'discrete' ? closedKl(spec, statistics, trace) : undefined
  if (space.kind !== 'discrete' || !toUniform) return undefined
  const known = sub(sumPerExample(toUniform), logCodes(space.levels))
  return sub(known, overDraws(prior.logDensity(code), draws))
}
