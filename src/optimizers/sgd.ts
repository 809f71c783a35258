import * as z from 'zod/mini'
import { add } from '../graph/ops/add.ts'
import { mul } from '../graph/ops/mul.ts'
import { sub } from '../graph/ops/sub.ts'
import { defineOptimizer } from './optimizer.ts'

/** Gradient descent with momentum: v ← μv + g, θ ← θ − η·v. Polyak 1964. */
export const sgd = defineOptimizer({
  name: 'sgd',
  summary: 'gradient descent with momentum',
  options: z.strictObject({
    momentum: z._default(
      z.number().check(z.minimum(0), z.lt(1), z.describe('share of the last step that is kept')),
      0.9,
    ),
  }),
  slots: ['velocity'],
  scalars: (_, learningRate) => ({ rate: learningRate }),
  update(parameters, gradients, [velocity], { rate }, scale, { momentum }) {
    for (let i = 0; i < parameters.length; i++) {
      const v = momentum * velocity[i] + gradients[i] * scale
      velocity[i] = v
      parameters[i] -= rate * v
    }
  },
  trace(parameter, gradient, [velocity], { rate }, { momentum }) {
    const v = add(mul(velocity, momentum), gradient)
    return { parameter: sub(parameter, mul(v, rate)), slots: [v] }
  },
})
