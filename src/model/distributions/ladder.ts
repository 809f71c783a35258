import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { slice } from '../../graph/ops/slice.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { activationNames } from '../layers/activation.ts'
import { dense } from '../layers/dense.ts'
import { denseStack } from '../layers/dense-stack.ts'
import type { Layers } from '../parameters.ts'
import { boundLogVariance, klToStandardNormal, reparametrized } from './gaussian.ts'
import { decodedBy, defineLatent, type Statistics } from './latent.ts'

const options = z.strictObject({
  top: z.optional(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(65_536),
        z.describe('numbers of the upper level, the rest being the lower one; default: a third'),
      ),
  ),
  hidden: z._default(
    z
      .array(z.int().check(z.positive(), z.maximum(65_536)))
      .check(z.describe('widths of the hidden layers between the levels, on the way up and down')),
    [64],
  ),
  activation: z._default(z.enum(activationNames).check(z.describe('after every hidden layer')), 'relu'),
})
type Options = z.infer<typeof options>

const topOf = (size: number, { top }: Options): number => top ?? Math.max(1, Math.floor(size / 3))

/** Mean and log-variance of a diagonal Gaussian, [rows, numbers] each. */
interface Moments {
  readonly mean: Tensor
  readonly logVariance: Tensor
}

const momentsOf = (features: Tensor, size: number, layers: Layers, name: string): Moments => ({
  mean: dense(features, size, layers(`${name}.mean`)),
  logVariance: boundLogVariance(dense(features, size, layers(`${name}.logVariance`))),
})

const within =
  (layers: Layers, place: string): Layers =>
  (path) =>
    layers(`${place}.${path}`)

/** p(z₁|z₂), a part of the decoder. */
function lowerGivenUpper(
  upper: Tensor,
  size: number,
  { hidden, activation }: Options,
  layers: Layers,
): Moments {
  const features = denseStack(upper, hidden, activation, within(layers, 'down'))
  return momentsOf(features, size, layers, 'lower')
}

/**
 * q(z₁|z₂, x) in deviations of p(z₁|z₂): the product of what the encoder says of z₁ and of what z₂ leads to expect, each
 * weighed by its precision. Sønderby et al. 2016.
 */
function combined({ lowerMean, lowerLogVariance }: Statistics, expected: Moments): Moments {
  // Of the precision of both, as much is the encoder's.
  const logRatio = sub(expected.logVariance, lowerLogVariance)
  const away = mul(sub(lowerMean, expected.mean), exp(mul(expected.logVariance, -0.5)))
  return { mean: mul(away, sigmoid(logRatio)), logVariance: neg(softplus(logRatio)) }
}

const logDensityAt = (noise: Tensor, logVariance: Tensor): Tensor =>
  mul(sumPerExample(add(add(square(noise), logVariance), LOG_TWO_PI)), -0.5)

/**
 * A hierarchy of two levels, p(z₂) p(z₁|z₂) p(x|z₁), whose posterior q(z₂|x) q(z₁|z₂, x) shares p(z₁|z₂) with the model.
 * Sønderby et al. 2016.
 *
 * A code is ε₁ and z₂ side by side, where z₁ = μ(z₂) + σ(z₂)·ε₁: under the model both are N(0, I), so that codes are sampled,
 * traversed and moved as any others, and the lower level follows the upper one. The KL is the same by either.
 */
export const ladder = defineLatent({
  name: 'ladder',
  summary: 'two levels of Gaussians, the lower one expected by the upper one and corrected by the encoder',
  paper: 'Sønderby et al. 2016',
  options,
  stochastic: true,
  gaussian: false,
  sizes: ({ top }) => ({ least: (top ?? 1) + 1, step: 1 }),
  levels: (size, own) => [
    { name: 'z₁', size: size - topOf(size, own) },
    { name: 'z₂', size: topOf(size, own) },
  ],
  formulas: {
    prior: 'p(z₁|z₂)·N(z₂; 0, I)',
    divergence: '(KL(q(z₂|x) ‖ N(0, I)) + E KL(q(z₁|z₂, x) ‖ p(z₁|z₂)))',
  },
  statistics(features, size, layers, own) {
    const top = topOf(size, own)
    const lower = momentsOf(features, size - top, layers, 'lower')
    const higher = denseStack(features, own.hidden, own.activation, within(layers, 'up'))
    const upper = momentsOf(higher, top, layers, 'upper')
    return {
      ...upper,
      lowerMean: lower.mean,
      lowerLogVariance: lower.logVariance,
    }
  },
  draw(statistics, noise, _, own, __, generative) {
    const { mean, logVariance, lowerMean } = statistics
    const [size, top] = [lowerMean.shape[1] as number, mean.shape[1] as number]
    const [below, above] = [slice(noise, 1, 0, size), slice(noise, 1, size, size + top)]
    const upper = reparametrized(mean, logVariance, above)
    const expected = lowerGivenUpper(upper, size, own, decodedBy(generative).layers)
    const lower = combined(statistics, expected)
    return {
      code: concat([reparametrized(lower.mean, lower.logVariance, below), upper], 1),
      logDensity: add(logDensityAt(below, lower.logVariance), logDensityAt(above, logVariance)),
      kl: concat(
        [klToStandardNormal(lower.mean, lower.logVariance), klToStandardNormal(mean, logVariance)],
        1,
      ),
    }
  },
  center(statistics, _, own, generative) {
    const { mean, lowerMean } = statistics
    const size = lowerMean.shape[1] as number
    const expected = lowerGivenUpper(mean, size, own, decodedBy(generative).layers)
    return concat([combined(statistics, expected).mean, mean], 1)
  },
  chart(code, own, layers) {
    const size = code.shape[1] as number
    const below = size - topOf(size, own)
    const expected = lowerGivenUpper(slice(code, 1, below, size), below, own, layers)
    return reparametrized(expected.mean, expected.logVariance, slice(code, 1, 0, below))
  },
})
