import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { input } from '../../graph/ops/input.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Layers } from '../architectures/architecture.ts'
import { dense } from '../layers/dense.ts'

/** What the encoder says of the code of each example. */
export interface Posterior {
  /** [batch, latent]; the code itself where the latent is deterministic. */
  readonly mean: Tensor
  /** [batch, latent]; absent where the latent is deterministic. */
  readonly logVariance?: Tensor
  /** The code that the decoder reads [batch, latent]. */
  readonly code: Tensor
  /** KL(q(z|x) ‖ N(0, I)) of each example and dimension, in nats [batch, latent]; absent where deterministic. */
  readonly klPerDimension?: Tensor
}

/** A way to make a posterior from the encoder's features. */
export interface Latent {
  readonly name: string
  readonly summary: string
  /** True where the code is drawn, so that a KL divergence exists. */
  readonly stochastic: boolean
  posterior(features: Tensor, size: number, layers: Layers): Posterior
}

const LOG_VARIANCE_BOUND = 20

/**
 * Holds a log-variance within ±20 and never stops its gradient: x / √(1 + (x/20)²).
 *
 * Close to the identity where posteriors live (−6 becomes −5.75); the slope falls as |x|⁻³, so a value far out
 * still finds its way back, where clipping would strand it.
 */
export const boundLogVariance = (raw: Tensor): Tensor =>
  div(raw, sqrt(add(mul(square(raw), 1 / LOG_VARIANCE_BOUND ** 2), 1)))

/** Diagonal Gaussian posterior, sampled as mean + σ·noise. Kingma & Welling 2014, eq. 10; KL: appendix B. */
export const gaussian: Latent = {
  name: 'gaussian',
  summary: 'a diagonal Gaussian over codes, sampled for every example',
  stochastic: true,
  posterior(features, size, layers) {
    const mean = dense(features, size, layers('mean'))
    const logVariance = boundLogVariance(dense(features, size, layers('logVariance')))
    const noise = input('noise', mean.shape)
    const code = add(mean, mul(exp(mul(logVariance, 0.5)), noise))
    const klPerDimension = mul(sub(sub(add(exp(logVariance), square(mean)), logVariance), 1), 0.5)
    return { mean, logVariance, code, klPerDimension }
  },
}

/** One code for each example, nothing drawn. */
export const deterministic: Latent = {
  name: 'deterministic',
  summary: 'one code for each example, as in a plain autoencoder',
  stochastic: false,
  posterior(features, size, layers) {
    const mean = dense(features, size, layers('mean'))
    return { mean, code: mean }
  },
}

export const allLatents = [gaussian, deterministic] as const
