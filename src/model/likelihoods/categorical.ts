import * as z from 'zod/mini'
import { type Shape, sizeOf } from '../../base/shape.ts'
import { equal } from '../../graph/ops/compare.ts'
import { constant } from '../../graph/ops/constant.ts'
import { max } from '../../graph/ops/max.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { logSumExp } from '../../graph/ops/softmax.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { transpose } from '../../graph/ops/transpose.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { defineLikelihood, type LikelihoodContext } from './likelihood.ts'

/** A recipe that asks for more would ask for more memory than a machine has. */
const MOST_CLASSES = 65_536

/** Class-major output [rows, classes · first, …rest] as logits [rows, entries, classes]. */
function classesLast(output: Tensor, classes: number, { exampleShape }: LikelihoodContext): Tensor {
  const [rows] = output.shape
  return transpose(reshape(output, [rows, classes, sizeOf(exampleShape)]), [0, 2, 1])
}

/** Numbers of each entry [rows, entries] in the shape of examples. */
const asExamples = (x: Tensor, { exampleShape }: LikelihoodContext): Tensor =>
  reshape(x, [x.shape[0], ...exampleShape])

const numbersOf = (classes: number): Tensor => constant(Array.from({ length: classes }, (_, i) => i))

/** The number of the largest logit; of equal ones, the first. */
function mostProbable(logits: Tensor, classes: number): Tensor {
  const winners = equal(logits, max(logits, [2], true))
  return neg(max(where(winners, neg(numbersOf(classes)), -classes), [2]))
}

/**
 * Each entry is one of `classes` kinds, numbered from 0: −log p = log Σ exp lₖ − lₓ for logits l.
 *
 * The encoder is shown these numbers from 0 to 1.
 */
export const categorical = defineLikelihood({
  name: 'categorical',
  summary: 'each entry is the number of a class, from 0; computed from one logit for each class',
  options: z.strictObject({
    classes: z._default(
      z
        .int()
        .check(
          z.minimum(2),
          z.maximum(MOST_CLASSES),
          z.describe('values that an entry can take: 0 … classes − 1'),
        ),
      2,
    ),
  }),
  formula: ({ classes }) => `−log Categorical(x; softmax of ${classes} logits)`,
  outputs: (first, { classes }) => first * classes,
  shown: (x, { classes }) => mul(x, 1 / (classes - 1)),
  density(output, context, { classes }) {
    const logits = classesLast(output, classes, context)
    return {
      negativeLogLikelihood(x) {
        const each: Shape = [x.shape[0], sizeOf(context.exampleShape), 1]
        const isSeen = equal(reshape(x, each), numbersOf(classes))
        return asExamples(sub(logSumExp(logits), sum(where(isSeen, logits, 0), [2])), context)
      },
      center: asExamples(mostProbable(logits, classes), context),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: ({ classes }) => ({
    holds: (x) => Number.isInteger(x) && x >= 0 && x < classes,
    wanted: `whole numbers from 0 to ${classes - 1} (raise --classes for more)`,
    isWhole: true,
  }),
})
