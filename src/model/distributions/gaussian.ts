import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { defineLatent } from './latent.ts'

const LOG_VARIANCE_BOUND = 20

/**
 * Holds a log-variance within ±20 and never stops its gradient: x / √(1 + (x/20)²).
 *
 * Close to the identity where posteriors live (−6 becomes −5.75); the slope falls as |x|⁻³, so a value far out
 * still finds its way back, where clipping would strand it.
 */
export const boundLogVariance = (raw: Tensor): Tensor =>
  div(raw, sqrt(add(mul(square(raw), 1 / LOG_VARIANCE_BOUND ** 2), 1)))

/** mean + σ·noise. Kingma & Welling 2014, eq. 10. */
export const reparametrized = (mean: Tensor, logVariance: Tensor, noise: Tensor): Tensor =>
  add(mean, mul(exp(mul(logVariance, 0.5)), noise))

/** log N(x; mean, exp(logVariance)) of each entry in nats, by broadcasting. */
export const gaussianLogDensity = (x: Tensor, mean: Tensor, logVariance: Tensor): Tensor =>
  mul(add(add(mul(square(sub(x, mean)), exp(mul(logVariance, -1))), logVariance), LOG_TWO_PI), -0.5)

/** KL(N(mean, exp(logVariance)) ‖ N(0, 1)) of each entry in nats. Kingma & Welling 2014, appendix B. */
export const klToStandardNormal = (mean: Tensor, logVariance: Tensor): Tensor =>
  mul(sub(sub(add(exp(logVariance), square(mean)), logVariance), 1), 0.5)

/** Diagonal Gaussian posterior. Kingma & Welling 2014, appendix C.2. */
export const gaussian = defineLatent({
  name: 'gaussian',
  summary: 'a diagonal Gaussian over codes, sampled for every example',
  paper: 'Kingma & Welling 2014, appendix C.2',
  options: z.strictObject({
    bound: z.optional(
      z
        .literal('none')
        .check(
          z.describe('none leaves log-variances as the network gives them; else they are held within ±20'),
        ),
    ),
  }),
  stochastic: true,
  gaussian: true,
  statistics(features, size, layers, { bound }) {
    // In this order: a parameter's starting values are drawn by its place.
    const mean = dense(features, size, layers('mean'))
    const logVariance = dense(features, size, layers('logVariance'))
    return { mean, logVariance: bound === 'none' ? logVariance : boundLogVariance(logVariance) }
  },
  draw: ({ mean, logVariance }, noise) => ({
    code: reparametrized(mean, logVariance, noise),
    // At the drawn code the scaled distance from the mean is the noise itself.
    logDensity: mul(sumPerExample(add(add(square(noise), logVariance), LOG_TWO_PI)), -0.5),
  }),
  center: ({ mean }) => mean,
})
