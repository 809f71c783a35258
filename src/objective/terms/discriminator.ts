/** The opponent of adversarial terms: a network that tells two kinds of codes apart, and how it learns. */
import * as z from 'zod/mini'
import { mean } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { relu } from '../../graph/ops/relu.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../../model/layers/dense.ts'
import type { Layers } from '../../model/parameters.ts'
import { type Weight, weightSchema } from '../schedule.ts'
import type { OpponentTraining } from '../term.ts'

/** How fast a discriminator learns. */
export const learningRateOption = z
  ._default(weightSchema, 1e-4)
  .check(z.describe("the discriminator's learning rate: a number or a schedule"))

export const discriminatorOptions = z.strictObject({
  layers: z._default(
    z
      .int()
      .check(
        z.minimum(0),
        z.maximum(32),
        z.describe('hidden layers of the discriminator; Kim & Mnih 2018 have 6'),
      ),
    4,
  ),
  units: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(65_536),
        z.describe('width of each hidden layer; Kim & Mnih 2018 have 1000'),
      ),
    256,
  ),
  learningRate: learningRateOption,
})
type DiscriminatorOptions = z.infer<typeof discriminatorOptions>

/** The slope of a leaky ReLU below 0. */
const LEAK = 0.2

const leakyRelu = (x: Tensor): Tensor => add(mul(x, LEAK), mul(relu(x), 1 - LEAK))

/**
 * Log-odds [rows] that codes [rows, latent] are of the first kind and not of the second.
 *
 * Trained to the end they are log p(code | first) − log p(code | second) in nats; on the way, an estimate.
 */
export function logOdds(
  code: Tensor,
  layers: Layers,
  { layers: depth, units }: DiscriminatorOptions,
): Tensor {
  let features = code
  for (let i = 0; i < depth; i++) features = leakyRelu(dense(features, units, layers(i)))
  return reshape(dense(features, 1, layers(depth)), [code.shape[0]])
}

/** −log of the probability given to what is so, in nats, by log-odds that it is. */
export const surprise = (odds: Tensor): Tensor => softplus(neg(odds))

/** What a discriminator minimizes: its mean surprise [] in nats over both kinds; log 2 for one that cannot tell. */
export const crossEntropy = (first: Tensor, second: Tensor): Tensor =>
  mul(add(mean(surprise(first)), mean(surprise(neg(second)))), 0.5)

/** Adam with a short memory, as Kim & Mnih 2018, appendix A, train their discriminator. */
export const opponentTraining = (learningRate: Weight): OpponentTraining => ({
  optimizer: { name: 'adam', beta1: 0.5, beta2: 0.9 },
  learningRate,
})

export const discriminatorTraining = ({ learningRate }: DiscriminatorOptions): OpponentTraining =>
  opponentTraining(learningRate)
