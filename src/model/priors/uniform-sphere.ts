import * as z from 'zod/mini'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { unitLength } from '../distributions/von-mises-fisher.ts'
import { logSphereArea } from '../sphere.ts'
import { definePrior } from './prior.ts'

/** Every direction alike: 1/area on the unit sphere. Davidson et al. 2018, §3. */
export const uniformSphere = definePrior({
  name: 'uniform-sphere',
  summary: 'uniform on the unit sphere: every direction of the code is as probable',
  paper: 'Davidson et al. 2018, section 3',
  options: z.strictObject({}),
  formula: () => 'U(S)',
  space: 'sphere',
  isReference: true,
  needs: 'draws',
  density: ({ latent }) => ({
    logDensity: (code) => sub(mul(sum(code, [1]), 0), logSphereArea(latent)),
    step: (noise) => unitLength(noise),
  }),
})
