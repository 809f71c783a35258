import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { mul } from '../../graph/ops/mul.ts'
import { slice } from '../../graph/ops/slice.ts'
import { sub } from '../../graph/ops/sub.ts'
import { modes } from '../distributions/levels.ts'
import { logCodes } from '../spaces.ts'
import { definePrior } from './prior.ts'

/** N(0, I) of numbers, and every level of each categorical variable alike. Dupont 2018, section 3. */
export const joint = definePrior({
  name: 'joint',
  summary: 'N(0, I) for numbers, and every level of categorical variables as probable',
  paper: 'Dupont 2018, section 3',
  options: z.strictObject({}),
  formula: () => 'N(0, I)·U(levels)',
  space: 'mixed',
  isReference: true,
  needs: 'draws',
  density({ space, latent }) {
    if (space.kind !== 'mixed') throw new TypeError('codes of one kind')
    const { continuous, levels } = space
    return {
      logDensity: (code) =>
        sub(
          mul(sumPerExample(add(square(slice(code, 1, 0, continuous)), LOG_TWO_PI)), -0.5),
          logCodes(levels),
        ),
      // The greatest of numbers that are alike is any of them.
      step(noise) {
        let at = continuous
        const oneHots = levels.map((count) => {
          const own = modes(slice(noise, 1, at, at + count), count)
          at += count
          return own
        })
        return concat([slice(noise, 1, 0, continuous), ...oneHots], 1)
      },
      noise: { kind: 'normal', width: latent },
    }
  },
})
