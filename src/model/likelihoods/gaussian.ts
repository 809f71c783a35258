import { z } from 'zod'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { defineLikelihood } from './likelihood.ts'

/** N(x; x̂, σ²) with σ given: −log p = (x − x̂)²/(2σ²) + ½ log 2πσ². */
export const gaussianLikelihood = defineLikelihood({
  name: 'gaussian',
  summary: 'each entry is normal around the reconstruction, σ given; the full density',
  options: z.strictObject({
    sigma: z.number().positive().default(1).describe('standard deviation of an observation, in model units'),
  }),
  formula: ({ sigma }) => `−log N(x; x̂, σ² = ${Number((sigma * sigma).toPrecision(6))})`,
  negativeLogLikelihood: (output, x, { sigma }) =>
    add(mul(square(sub(x, output)), 1 / (2 * sigma * sigma)), 0.5 * Math.log(2 * Math.PI * sigma * sigma)),
  omitted: () => 0,
  mean: (output) => output,
  variance: ({ sigma }) => sigma * sigma,
  unitInterval: false,
})
