import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { dense } from '../layers/dense.ts'
import { boundLogVariance } from './gaussian.ts'
import { defineLatent } from './latent.ts'
import { fromCenter, intoBall, logWidening, mobiusAdd, toCenter } from './poincare-ball.ts'

const LEAST_SQUARE = 1e-12

/**
 * The wrapped normal on the Poincaré ball: a Gaussian vector of the tangent plane at the center, carried to μ and followed
 * from there, z = exp_μ(v/λ_μ). Nagano et al. 2019; Mathieu et al. 2019, §3.1. Densities are by hyperbolic volume.
 */
export const wrappedNormal = defineLatent({
  name: 'wrapped-normal',
  summary: 'a normal distribution wrapped on the Poincaré ball: codes in a hyperbolic space, for trees',
  paper: 'Nagano et al. 2019; Mathieu et al. 2019, section 3.1',
  options: z.strictObject({
    curvature: z._default(
      z.number().check(z.positive(), z.maximum(1000), z.describe('how curved the ball is, c = −K')),
      1,
    ),
    chart: z._default(
      z
        .enum(['tangent', 'ball'])
        .check(
          z.describe(
            'how the decoder reads a code: tangent, as a vector at the center of the ball, as long as its distance; ball, by its coordinates there',
          ),
        ),
      'tangent',
    ),
  }),
  stochastic: true,
  gaussian: false,
  space: (_, { curvature }) => ({ kind: 'ball', curvature }),
  statistics: (features, size, layers, { curvature }) => ({
    mean: fromCenter(dense(features, size, layers('mean')), curvature),
    logVariance: boundLogVariance(dense(features, size, layers('logVariance'))),
  }),
  draw({ mean, logVariance }, noise, _, { curvature }) {
    const [rows, size] = mean.shape
    const tangent = mul(exp(mul(logVariance, 0.5)), noise)
    const length = sqrt(add(sum(square(tangent), [1], true), LEAST_SQUARE))
    const widening = reshape(logWidening(length, size as number, curvature), [rows])
    const flat = mul(sumPerExample(add(add(square(noise), logVariance), LOG_TWO_PI)), -0.5)
    return {
      code: intoBall(mobiusAdd(mean, fromCenter(tangent, curvature), curvature), curvature),
      logDensity: sub(flat, widening),
    }
  },
  center: ({ mean }) => mean,
  project: (code, { curvature }) => intoBall(code, curvature),
  // Near the rim codes that lie far apart differ little: a network tells them by their distance from the center.
  chart: (code, { curvature, chart }) => (chart === 'ball' ? code : toCenter(code, curvature)),
})
