import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sub } from '../../graph/ops/sub.ts'
import { distanceFromCenter, fromCenter, logWidening } from '../distributions/poincare-ball.ts'
import { definePrior, type PriorContext } from './prior.ts'

const curvatureOf = ({ space }: PriorContext): number => (space.kind === 'ball' ? space.curvature : 1)

/** The wrapped normal about the center of the Poincaré ball. Nagano et al. 2019; Mathieu et al. 2019, §3.1. */
export const wrappedNormal = definePrior({
  name: 'wrapped-normal',
  summary: 'a normal distribution wrapped about the center of the Poincaré ball',
  paper: 'Nagano et al. 2019; Mathieu et al. 2019, section 3.1',
  options: z.strictObject({
    deviation: z._default(
      z
        .number()
        .check(z.positive(), z.maximum(1000), z.describe('σ of the wrapped normal, in hyperbolic length')),
      1,
    ),
  }),
  formula: ({ deviation }) => (deviation === 1 ? 'N_B(0, I)' : `N_B(0, ${deviation}² I)`),
  space: 'ball',
  needs: 'draws',
  density(context, { deviation }) {
    const curvature = curvatureOf(context)
    const { latent } = context
    return {
      logDensity(code) {
        const distance = distanceFromCenter(code, curvature)
        const flat = mul(square(distance), -0.5 / deviation ** 2)
        const constant = latent * (LOG_TWO_PI / 2 + Math.log(deviation))
        return reshape(sub(flat, add(logWidening(distance, latent, curvature), constant)), [code.shape[0]])
      },
      step: (noise) => fromCenter(mul(noise, deviation), curvature),
    }
  },
})
