import * as z from 'zod/mini'
import { logNormalizer } from '../../base/math/normal.ts'
import { square } from '../../graph/functions.ts'
import { sub } from '../../graph/ops/sub.ts'
import { anyNumber, defineLikelihood } from './likelihood.ts'

const VARIANCE = 0.5

/** (x − x̂)²: a Gaussian with σ² = ½ whose constant ½ log π is left out. */
export const squaredError = defineLikelihood({
  name: 'squared-error',
  summary: '‖x − x̂‖², which is a Gaussian with σ² = ½ without its constant',
  options: z.strictObject({}),
  formula: () => '‖x − x̂‖²',
  outputs: (first) => first,
  density: (output) => ({ negativeLogLikelihood: (x) => square(sub(x, output)), center: output }),
  omitted: () => logNormalizer(VARIANCE),
  variance: () => VARIANCE,
  support: () => anyNumber,
})
