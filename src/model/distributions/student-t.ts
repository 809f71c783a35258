import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { studentNatsAt, unitStudent } from '../likelihoods/student.ts'
import { boundLogVariance } from './gaussian.ts'
import { defineLatent, type Statistics } from './latent.ts'
import { studentDraw } from './student-draw.ts'

/** Degrees of freedom at which no variance is left. */
const LEAST = 2
/** How far above that learned ones begin, and the logarithm of how many times more or less that may become. */
const FIRST = 8
const MOST_LOG_DEGREES = 4

const options = z.strictObject({
  degrees: z
    ._default(z.union([z.number().check(z.gt(LEAST), z.maximum(1000)), z.literal('learned')]), 'learned')
    .check(
      z.describe('degrees of freedom, above 2; learned: the encoder says them for every number of the code'),
    ),
})
type Options = z.infer<typeof options>

/** log ν of learned degrees, from raw ones. */
const logDegreesOf = (raw: Tensor): Tensor =>
  log(add(mul(exp(mul(tanh(mul(raw, 1 / MOST_LOG_DEGREES)), MOST_LOG_DEGREES)), FIRST), LEAST))

/** ν, or log ν where it is learned. */
const freedom = ({ logDegrees }: Statistics, { degrees }: Options): number | Tensor =>
  degrees === 'learned' ? logDegrees : degrees

/**
 * Student's t over each dimension, z = μ + s·t with ν degrees of freedom: near to a Gaussian for many, heavy-tailed for few.
 *
 * Drawn by Bailey 1994, so that gradients pass to ν, too. Its KL to N(0, 1) is (μ² + s²ν/(ν − 2) + log 2π)/2 less its
 * entropy log s + (ν + 1)/2 · [ψ((ν + 1)/2) − ψ(ν/2)] + log Γ(ν/2) − log Γ((ν + 1)/2) + ½ log νπ.
 */
export const studentT = defineLatent({
  name: 'student-t',
  summary: 'Student’s t over each dimension of the code: heavy tails, or nearly a Gaussian, by its degrees',
  paper: 'Bailey 1994',
  options,
  stochastic: true,
  gaussian: false,
  noise: (size) => ({ kind: 'normal', width: 2 * size }),
  statistics(features, size, layers, { degrees }): Statistics {
    const mean = dense(features, size, layers('mean'))
    const logScale = boundLogVariance(dense(features, size, layers('logScale')))
    if (degrees !== 'learned') return { mean, logScale }
    return { mean, logScale, logDegrees: logDegreesOf(dense(features, size, layers('degrees'))) }
  },
  draw(statistics, noise, _, own) {
    const { mean, logScale } = statistics
    const degrees = freedom(statistics, own)
    const t = studentDraw(noise, typeof degrees === 'number' ? degrees : exp(degrees))
    return {
      code: add(mean, mul(exp(logScale), t)),
      logDensity: neg(sumPerExample(studentNatsAt(square(t), logScale, degrees))),
    }
  },
  center: ({ mean }) => mean,
  kl(statistics, _, own) {
    const { mean, logScale } = statistics
    const { entropy, variance } = unitStudent(freedom(statistics, own))
    const squares = add(square(mean), mul(exp(mul(logScale, 2)), variance))
    return sub(mul(add(squares, LOG_TWO_PI), 0.5), add(logScale, entropy))
  },
})
