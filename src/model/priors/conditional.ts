import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance, gaussianLogDensity, reparametrized } from '../distributions/gaussian.ts'
import { activationNames } from '../layers/activation.ts'
import { dense } from '../layers/dense.ts'
import { denseStack } from '../layers/dense-stack.ts'
import { definePrior, type PriorContext } from './prior.ts'

const options = z.strictObject({
  hidden: z._default(
    z
      .array(z.int().check(z.positive(), z.maximum(65_536)))
      .check(z.describe('widths of the hidden layers between the condition and the prior')),
    [64],
  ),
  activation: z._default(z.enum(activationNames).check(z.describe('after every hidden layer')), 'relu'),
})

/** KL(N(mean, exp(logVariance)) ‖ N(priorMean, exp(priorLogVariance))) of each entry in nats. */
function klBetween(mean: Tensor, logVariance: Tensor, priorMean: Tensor, priorLogVariance: Tensor): Tensor {
  const spread = mul(add(exp(logVariance), square(sub(mean, priorMean))), exp(mul(priorLogVariance, -1)))
  return mul(sub(add(sub(priorLogVariance, logVariance), spread), 1), 0.5)
}

/** A Gaussian p(z|c) whose mean and variances are functions of the condition. Sohn et al. 2015, §4.1 and eq. 4. */
export const conditional = definePrior({
  name: 'conditional',
  summary: 'a Gaussian whose mean and variances are learned functions of the condition',
  paper: 'Sohn et al. 2015, §4.1',
  options,
  formula: () => 'N(μ(c), σ²(c))',
  needs: 'draws',
  isConditional: true,
  density(context, { hidden, activation }) {
    const { latent, layers } = context
    const expected = (rows: Tensor) => {
      const features = denseStack(conditionOf(context, rows), hidden, activation, layers)
      return {
        mean: dense(features, latent, layers('mean')),
        logVariance: boundLogVariance(dense(features, latent, layers('logVariance'))),
      }
    }
    return {
      logDensity(code) {
        const { mean, logVariance } = expected(code)
        return sumPerExample(gaussianLogDensity(code, mean, logVariance))
      },
      klOfGaussian(mean, logVariance) {
        const prior = expected(mean)
        return klBetween(mean, logVariance, prior.mean, prior.logVariance)
      },
      step(noise) {
        const { mean, logVariance } = expected(noise)
        return reparametrized(mean, logVariance, noise)
      },
      noiseOf(code) {
        const { mean, logVariance } = expected(code)
        return mul(sub(code, mean), exp(mul(logVariance, -0.5)))
      },
    }
  },
})

/** The condition of each of some rows. Error, usage: `model/prior-condition` where a model is given none. */
const conditionOf = ({ condition }: PriorContext, { shape: [rows] }: Tensor): Tensor =>
  condition?.(rows) ??
  fail({
    code: 'model/prior-condition',
    seen: 'the prior "conditional" of a model that is given no condition',
    wanted: 'a model that is given what its prior depends on',
    fix: 'add --condition label, or use --prior standard',
    usage: true,
  })
