import * as z from 'zod/mini'
import { sizeOf } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { logSoftmax, logSumExp, softmax } from '../../graph/ops/softmax.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { transpose } from '../../graph/ops/transpose.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { levelMean, levelNats, levelSupport, levelsOption } from './levels.ts'
import { defineLikelihood, type LikelihoodContext, splitOutputs } from './likelihood.ts'

const MOST_COMPONENTS = 1024

/** Numbers of each component [rows, components · first, …rest] as [rows, entries, components]. */
function componentsLast(x: Tensor, components: number, { exampleShape }: LikelihoodContext): Tensor {
  return transpose(reshape(x, [x.shape[0], components, sizeOf(exampleShape)]), [0, 2, 1])
}

/** Where components begin: side by side from 0 to 1, which were −1 and 1 to those who chose how far a unit of output moves one. */
const places = (components: number): Tensor =>
  constant(Array.from({ length: components }, (_, i) => (i + 0.5) / components))

/**
 * Each entry is one of 256 levels, with the probability that a mixture of logistic densities has around it. Salimans et al.
 * 2017, eq. 1 and 2.
 *
 * The decoder gives a logit, a center and a scale of each component for every entry. Colors of a pixel are independent
 * given the code; PixelCNN++ shifts the centers of one by those before it.
 */
export const logisticMixture = defineLikelihood({
  name: 'logistic-mixture',
  summary:
    'each entry is one of 256 levels, as in 8-bit images: a mixture of logistic densities over its width',
  paper: 'Salimans et al. 2017, eq. 1 and 2',
  options: z.strictObject({
    levels: levelsOption,
    components: z._default(
      z
        .int()
        .check(z.minimum(1), z.maximum(MOST_COMPONENTS), z.describe('logistic densities in the mixture')),
      5,
    ),
  }),
  formula: ({ levels, components }) =>
    `−log Σₖ πₖ·P(x; Logistic(x̂ₖ, sₖ) over ${levels} levels), k = 1 … ${components}`,
  outputs: (first, { components }) => first * 3 * components,
  density(output, context, { levels, components }) {
    const [logits, raw, spread] = splitOutputs(output, 3).map((part) =>
      componentsLast(part, components, context),
    )
    const center = add(mul(raw, 0.5), places(components))
    const logScale = add(boundLogVariance(spread), -Math.log(2 * components))
    const asExamples = (x: Tensor) => reshape(x, [x.shape[0], ...context.exampleShape])
    return {
      negativeLogLikelihood(x) {
        const each = reshape(x, [x.shape[0], sizeOf(context.exampleShape), 1])
        const nats = levelNats(each, center, logScale, levels)
        return asExamples(neg(logSumExp(sub(logSoftmax(logits), nats))))
      },
      center: asExamples(sum(mul(softmax(logits), levelMean(center, logScale)), [2])),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: ({ levels }) => levelSupport(levels),
})
