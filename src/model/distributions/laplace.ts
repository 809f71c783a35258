import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sign } from '../../graph/ops/sign.ts'
import { sub } from '../../graph/ops/sub.ts'
import { dense } from '../layers/dense.ts'
import { boundLogVariance } from './gaussian.ts'
import { defineLatent } from './latent.ts'

/** Half of what uniform noise is apart: no draw is at the end of the interval. */
const HALF_STEP = 2 ** -25

/**
 * A Laplace distribution over each dimension, drawn by its quantiles: μ − b sign(u − ½) log(1 − 2|u − ½|). Kingma & Welling
 * 2014, §2.4, names it among those that can be drawn so. Its KL to N(0, 1) is (μ² + log 2π)/2 + b² − 1 − log 2b.
 */
export const laplace = defineLatent({
  name: 'laplace',
  summary:
    'a Laplace distribution over each dimension of the code: a peak, and longer tails than a Gaussian’s',
  paper: 'Kingma & Welling 2014, section 2.4',
  options: z.strictObject({}),
  stochastic: true,
  gaussian: false,
  noise: (size) => ({ kind: 'uniform', width: size }),
  statistics: (features, size, layers) => ({
    mean: dense(features, size, layers('mean')),
    logScale: boundLogVariance(dense(features, size, layers('logScale'))),
  }),
  draw({ mean, logScale }, noise) {
    const off = sub(add(noise, HALF_STEP), 0.5)
    const tail = log(sub(1, mul(abs(off), 2)))
    return {
      code: sub(mean, mul(mul(exp(logScale), sign(off)), tail)),
      // At the drawn code the scaled distance from the mean is −tail.
      logDensity: sumPerExample(sub(tail, add(logScale, Math.LN2))),
    }
  },
  center: ({ mean }) => mean,
  kl: ({ mean, logScale }) =>
    add(
      add(mul(square(mean), 0.5), exp(mul(logScale, 2))),
      add(neg(logScale), LOG_TWO_PI / 2 - 1 - Math.LN2),
    ),
})
