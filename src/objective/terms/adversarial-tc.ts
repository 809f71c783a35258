import { concrete } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { cast } from '../../graph/ops/cast.ts'
import { constant } from '../../graph/ops/constant.ts'
import { gather } from '../../graph/ops/gather.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, times } from '../term.ts'
import { crossEntropy, discriminatorOptions, discriminatorTraining, logOdds } from './discriminator.ts'

/** Codes whose dimensions come from different examples: entry [i, j] is the code at [order[i, j], j]. */
function permuted(code: Tensor, order: Tensor): Tensor {
  const [rows, latent] = concrete(code.shape, 'a permutation')
  const columns = constant(
    Array.from({ length: latent }, (_, column) => column),
    [latent],
  )
  // Whole numbers up to 2^24 are exact in a float32, and arithmetic on floats runs on every engine.
  const place = cast(add(mul(cast(order, 'float32'), latent), columns), 'int32')
  return gather(reshape(code, [rows * latent]), place)
}

/**
 * Total correlation KL(q(z) ‖ Πⱼ q(zⱼ)) of the aggregate posterior in nats, estimated as the mean log-odds of a
 * discriminator between codes and codes permuted within each dimension. Kim & Mnih 2018, eq. 3, algorithms 1 and 2.
 *
 * The estimate is as good as the discriminator: 0 while that knows nothing, and it may be below 0. Both players see
 * one batch, where algorithm 2 takes a second one for the permuted codes. Its discriminator has 6 layers of 1000; the
 * one here has 4 of 256 unless told otherwise: a 25th of the arithmetic.
 */
export const adversarialTc = defineTerm({
  name: 'adversarial-tc',
  on: 'posterior',
  summary: 'total correlation of the code, as a discriminator estimates it (FactorVAE)',
  paper: 'Kim & Mnih 2018, eq. 3, algorithms 1 and 2',
  option: 'factor',
  symbol: 'γ',
  defaultWeight: 10,
  options: discriminatorOptions,
  formula: () => 'TC(z)',
  needs: 'draws',
  opponent: discriminatorTraining,
  loss({ model: { posterior, draws }, draw, layers }, options) {
    const { code } = posterior
    const order = draw('permutation', 'permutation', concrete(code.shape, 'a permutation'))
    const joint = logOdds(code, layers, options)
    const apart = logOdds(permuted(code, order), layers, options)
    return { value: overDraws(joint, draws), opponent: crossEntropy(joint, apart) }
  },
  reading: (gamma) =>
    gamma === 0
      ? 'off: dimensions of the code may depend on each other as far as the KL allows'
      : `a code of independent dimensions: their total correlation is charged ${times(gamma)} on top of its share in the KL`,
})
