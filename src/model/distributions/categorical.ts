import * as z from 'zod/mini'
import { sumPerExample } from '../../graph/functions.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { dense } from '../layers/dense.ts'
import { defineLatent } from './latent.ts'
import {
  byVariable,
  drawLevels,
  gumbel,
  klToUniform,
  logProbabilities,
  modes,
  variablesOf,
} from './levels.ts'

const options = z.strictObject({
  levels: z._default(
    z
      .int()
      .check(
        z.minimum(2),
        z.maximum(4096),
        z.describe('levels of each variable; a code has a multiple of them'),
      ),
    10,
  ),
})

/**
 * Categorical variables, each a one-hot of its levels: argmax(log π + g) for Gumbel noise g is a draw, and
 * softmax((log π + g)/τ) stands for it while training. Jang et al. 2017, eq. 1 and 2; Maddison et al. 2017, eq. 10.
 *
 * The density is the probability of the drawn levels, whatever the decoder was given in training.
 */
export const categorical = defineLatent({
  name: 'categorical',
  summary: 'categorical variables, each a one-hot of its levels: Gumbel–softmax while training',
  paper: 'Jang et al. 2017, eq. 1 and 2; Maddison et al. 2017, eq. 10',
  options,
  stochastic: true,
  gaussian: false,
  relaxes: true,
  space: (size, { levels }) => ({
    kind: 'discrete',
    levels: new Array<number>(variablesOf(size, levels, '--categorical-levels')).fill(levels),
  }),
  sizes: ({ levels }) => ({ least: levels, step: levels }),
  noise: (size) => ({ kind: 'uniform', width: size }),
  statistics(features, size, layers, { levels }) {
    const logProbability = logProbabilities(dense(features, size, layers('levels')), levels)
    return { mean: exp(logProbability), logProbability }
  },
  draw({ logProbability }, noise, _, { levels }, training) {
    const { hard, code } = drawLevels(logProbability, gumbel(noise), levels, training?.relaxation)
    return { code, logDensity: sumPerExample(mul(hard, logProbability)) }
  },
  center: ({ logProbability }, _, { levels }) => modes(logProbability, levels),
  kl: ({ logProbability }, _, { levels }) => klToUniform(logProbability, levels),
  project: (code, { levels }) => modes(code, levels),
  coding: {
    read: (code, _, { levels }) => byVariable(code, levels),
    write: (oneHot) => {
      const [rows, variables, levels] = oneHot.shape
      return reshape(oneHot, [rows, (variables as number) * (levels as number)])
    },
  },
})
