import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { slice } from '../../graph/ops/slice.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { gaussian, klToStandardNormal } from './gaussian.ts'
import { defineLatent } from './latent.ts'
import { drawLevels, klToUniform, logProbabilities, modes } from './levels.ts'

const options = z.strictObject({
  levels: z._default(
    z.int().check(z.minimum(2), z.maximum(4096), z.describe('levels of each categorical variable')),
    10,
  ),
  variables: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(1024),
        z.describe('categorical variables; the rest of a code is Gaussian'),
      ),
    1,
  ),
})
type Options = z.infer<typeof options>

const columns = ({ levels, variables }: Options): number => levels * variables

/** Gaussian numbers of a code. Error (usage): `model/latent-size`. */
function continuousOf(size: number, own: Options): number {
  const rest = size - columns(own)
  if (rest > 0) return rest
  return fail({
    code: 'model/latent-size',
    seen: `a code of ${size} numbers, ${columns(own)} of them levels`,
    wanted: 'at least one Gaussian number beside them',
    fix: `use --latent ${columns(own) + 1} or more, or fewer --joint-levels`,
    usage: true,
  })
}

/** The Gaussian and the categorical columns of something about codes [rows, latent]. */
const split = (x: Tensor, own: Options): readonly [Tensor, Tensor] => {
  const size = x.shape[1] as number
  const at = size - columns(own)
  return [slice(x, 1, 0, at), slice(x, 1, at, size)]
}

/** Keeps the logarithm of noise away from 0. */
const LEAST = 1e-20

/** Gumbel noise of pairs of normal numbers: half their squared length is exponential. */
function gumbelOf(noise: Tensor, count: number): Tensor {
  const one = slice(noise, 1, 0, count)
  const other = slice(noise, 1, count, 2 * count)
  return neg(log(add(mul(add(square(one), square(other)), 0.5), LEAST)))
}

/**
 * Gaussian numbers and categorical variables side by side: numbers first, then one-hots. Dupont 2018, section 3.
 *
 * Categorical variables are drawn as those of `categorical` are.
 */
export const joint = defineLatent({
  name: 'joint',
  summary: 'Gaussian numbers and categorical variables side by side',
  paper: 'Dupont 2018, section 3',
  options,
  stochastic: true,
  gaussian: false,
  relaxes: true,
  space: (size, own) => ({
    kind: 'mixed',
    continuous: continuousOf(size, own),
    levels: new Array<number>(own.variables).fill(own.levels),
  }),
  sizes: (own) => ({ least: columns(own) + 1, step: 1 }),
  noise: (size, own) => ({ kind: 'normal', width: size + columns(own) }),
  statistics(features, size, layers, own) {
    const numbers = gaussian.statistics(features, continuousOf(size, own), layers, {})
    const raw = dense(features, columns(own), layers('levels'))
    return { ...numbers, logProbability: logProbabilities(raw, own.levels) }
  },
  draw({ mean, logVariance, logProbability }, noise, layers, own, training) {
    const count = mean.shape[1] as number
    const levels = columns(own)
    const numbers = gaussian.draw({ mean, logVariance }, slice(noise, 1, 0, count), layers, {})
    const rest = slice(noise, 1, count, count + 2 * levels)
    const { hard, code } = drawLevels(
      logProbability,
      gumbelOf(rest, levels),
      own.levels,
      training?.relaxation,
    )
    return {
      code: concat([numbers.code, code], 1),
      logDensity: add(numbers.logDensity as Tensor, sumPerExample(mul(hard, logProbability))),
    }
  },
  center: ({ mean, logProbability }, _, { levels }) => concat([mean, modes(logProbability, levels)], 1),
  kl: ({ mean, logVariance, logProbability }, _, { levels }) =>
    concat([klToStandardNormal(mean, logVariance), klToUniform(logProbability, levels)], 1),
  project(code, own) {
    const [numbers, levels] = split(code, own)
    return concat([numbers, modes(levels, own.levels)], 1)
  },
})
