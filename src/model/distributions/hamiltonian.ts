import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { slice } from '../../graph/ops/slice.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'
import { gaussian } from './gaussian.ts'
import { decodedBy, defineLatent } from './latent.ts'
import { leapfrog, type Temper } from './leapfrog.ts'

/** A step may become so many times as long as it was at first. */
const LONGEST = 10
/** √β₀ at first: momenta begin a third longer than they are to end. */
const FIRST_ROOT = 0.75

const options = z.strictObject({
  steps: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(100),
        z.describe('leapfrog steps; each takes a gradient of the decoder'),
      ),
    3,
  ),
  stepSize: z._default(
    z
      .number()
      .check(
        z.positive(),
        z.maximum(10),
        z.describe('length of a step at first; learned from there for each number, up to ten times it'),
      ),
    0.05,
  ),
  tempering: z._default(
    z
      .enum(['fixed', 'free'])
      .check(
        z.describe(
          'how momenta cool: fixed, by a quadratic schedule from one learned temperature; free, by a learned factor after each step',
        ),
      ),
    'fixed',
  ),
})
type Options = z.infer<typeof options>

const logit = (share: number): number => Math.log(share / (1 - share))

/** A number in (0, 1) that is learned from `first` on. */
const learnedShare = (declare: Declare, name: string, first: number, shape: readonly number[]): Tensor =>
  sigmoid(add(declare(name, shape, 0), logit(first)))

/** √β₀, and the factor √(βₖ₋₁/βₖ) of momenta after each step; their product is √β₀. Caterini et al. 2018, section 4.1. */
interface Cooling {
  readonly root: Tensor
  readonly temper: Temper
}

function coolingOf({ steps, tempering }: Options, declare: Declare): Cooling {
  if (tempering === 'free') {
    const each = learnedShare(declare, 'cooling', FIRST_ROOT ** (1 / steps), [steps])
    const factors = Array.from({ length: steps }, (_, at) => slice(each, 0, at, at + 1))
    return { root: factors.reduce((product, factor) => mul(product, factor)), temper: (at) => factors[at] }
  }
  const root = learnedShare(declare, 'temperature', FIRST_ROOT, [1])
  // 1/√βₖ = (1 − 1/√β₀)·k²/K² + 1/√β₀.
  const inverse = (k: number) => add(mul(sub(1, div(1, root)), (k / steps) ** 2), div(1, root))
  return { root, temper: (at) => div(inverse(at + 1), inverse(at)) }
}

const logNormal = (noise: Tensor): Tensor => mul(sumPerExample(add(square(noise), LOG_TWO_PI)), -0.5)

/**
 * A diagonal Gaussian whose draws follow the model's own posterior for some leapfrog steps, with momenta ρ₀ ~ N(0, I/β₀) that
 * cool to N(0, I). Caterini et al. 2018, algorithm 1.
 *
 * Code and momentum together have the density q(z₀|x) N(ρ₀; 0, I/β₀) over what cooling shrinks, β₀^(ℓ/2), and the model is
 * taken with momenta p(x, z) N(ρ; 0, I). So what stands for log q(z|x) is log q(z₀|x) + log N(√β₀ρ₀; 0, I) − log N(ρ_K; 0, I):
 * ELBO and importance weights bound the same log p(x), and the KL is that of code and momentum.
 */
export const hamiltonian = defineLatent({
  name: 'hamiltonian',
  summary: 'a diagonal Gaussian refined by leapfrog steps towards the model’s own posterior',
  paper: 'Caterini et al. 2018',
  options,
  stochastic: true,
  gaussian: false,
  noise: (size) => ({ kind: 'normal', width: 2 * size }),
  formulas: { prior: 'N(0, I)', divergence: 'KL(q(z, ρ|x) ‖ N(z; 0, I)·N(ρ; 0, I))' },
  statistics: (features, size, layers) => gaussian.statistics(features, size, layers, {}),
  draw(statistics, noise, layers, own, _, generative) {
    const size = statistics.mean.shape[1] as number
    const start = gaussian.draw(statistics, slice(noise, 1, 0, size), layers, {})
    const kick = slice(noise, 1, size, 2 * size)
    const declare = layers('leapfrog')
    const { root, temper } = coolingOf(own, declare)
    const { code, momentum } = leapfrog(
      { code: start.code, momentum: div(kick, root) },
      own.steps,
      stepOf(own, size, declare),
      decodedBy(generative).logJoint,
      temper,
    )
    const extended = sub(logNormal(kick), logNormal(momentum))
    return { code, logDensity: add(start.logDensity as Tensor, extended) }
  },
  center({ mean }, layers, own, generative) {
    const size = mean.shape[1] as number
    const declare = layers('leapfrog')
    const { temper } = coolingOf(own, declare)
    const rest = { code: mean, momentum: mul(mean, 0) }
    const step = stepOf(own, size, declare)
    return leapfrog(rest, own.steps, step, decodedBy(generative).logJoint, temper).code
  },
})

/** The length of a step in each dimension [size]. */
const stepOf = ({ stepSize }: Options, size: number, declare: Declare): Tensor =>
  mul(learnedShare(declare, 'step', 1 / LONGEST, [size]), stepSize * LONGEST)
