import * as z from 'zod/mini'
import type { Called } from '../base/parts.ts'
import adamKernel from '../engine/kernels/adam.wasm.ts'
import { square } from '../graph/functions.ts'
import { add } from '../graph/ops/add.ts'
import { div } from '../graph/ops/div.ts'
import { mul } from '../graph/ops/mul.ts'
import { sqrt } from '../graph/ops/sqrt.ts'
import { sub } from '../graph/ops/sub.ts'
import { defineOptimizer, type Optimizer } from './optimizer.ts'

const moments = {
  beta1: z._default(z.number().check(z.minimum(0), z.lt(1), z.describe('memory of the mean gradient')), 0.9),
  beta2: z._default(
    z.number().check(z.minimum(0), z.lt(1), z.describe('memory of the mean squared gradient')),
    0.999,
  ),
  epsilon: z._default(z.number().check(z.positive(), z.describe('added to the root mean square')), 1e-8),
}

interface Moments {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/**
 * Adam with weight decay apart from the gradient; `decayOf` reads the decay from an optimizer's own options.
 *
 * Bias correction is folded into the step size and ε (Kingma & Ba 2015, end of §2), which leaves two numbers a step.
 */
const adamLike = <const Name extends string, Options extends Moments, Input>(
  about: Pick<Optimizer<Options>, 'summary'> & Called<Name, z.core.$ZodType<Options, Input>>,
  decayOf: (options: Options) => number,
) =>
  defineOptimizer<Name, Options, Input>({
    ...about,
    slots: ['mean', 'square'],
    scalars(count, learningRate, options) {
      const correction = Math.sqrt(1 - options.beta2 ** count)
      return {
        rate: (learningRate * correction) / (1 - options.beta1 ** count),
        epsilon: options.epsilon * correction,
        keep: 1 - learningRate * decayOf(options),
      }
    },
    update(parameters, gradients, [mean, second], { rate, epsilon, keep }, scale, { beta1, beta2 }) {
      const fresh1 = 1 - beta1
      const fresh2 = 1 - beta2
      for (let i = 0; i < parameters.length; i++) {
        const g = gradients[i] * scale
        const m = beta1 * mean[i] + fresh1 * g
        const v = beta2 * second[i] + fresh2 * g * g
        mean[i] = m
        second[i] = v
        parameters[i] = keep * parameters[i] - (rate * m) / (Math.sqrt(v) + epsilon)
      }
    },
    kernel: {
      code: adamKernel,
      numbers: ({ rate, epsilon, keep }, { beta1, beta2 }) => [rate, epsilon, keep, beta1, beta2],
    },
    trace(parameter, gradient, [mean, second], { rate, epsilon, keep }, { beta1, beta2 }) {
      const m = add(mul(mean, beta1), mul(gradient, 1 - beta1))
      const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2))
      const step = div(mul(m, rate), add(sqrt(v), epsilon))
      return { parameter: sub(mul(parameter, keep), step), slots: [m, v] }
    },
  })

/** Adam. Kingma & Ba 2015, algorithm 1. */
export const adam = adamLike(
  { name: 'adam', summary: 'adaptive moments', options: z.strictObject(moments) },
  () => 0,
)

/** AdamW: weight decay that the moments do not see. Loshchilov & Hutter 2019, algorithm 2. */
export const adamW = adamLike(
  {
    name: 'adamw',
    summary: 'adaptive moments with decoupled weight decay',
    options: z.strictObject({
      ...moments,
      weightDecay: z._default(
        z.number().check(z.minimum(0), z.describe('share of a parameter lost per unit of learning rate')),
        0.01,
      ),
    }),
  },
  ({ weightDecay }) => weightDecay,
)
