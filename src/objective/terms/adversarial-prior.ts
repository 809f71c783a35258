import { concrete } from '../../base/shape.ts'
import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, times } from '../term.ts'
import {
  crossEntropy,
  discriminatorOptions,
  discriminatorTraining,
  logOdds,
  surprise,
} from './discriminator.ts'

/**
 * Pulls the aggregate posterior to N(0, I): −log of the probability, in nats, that a discriminator gives a code of
 * being a draw from the prior. Makhzani et al. 2015, §2.
 *
 * The non-saturating form (Goodfellow et al. 2014, §3), as WAE-GAN has it: Tolstikhin et al. 2018, algorithm 1, whose
 * weight on MNIST is 10. It is log 2 where prior and codes cannot be told apart, and no bound on a divergence.
 */
export const adversarialPrior = defineTerm({
  name: 'adversarial-prior',
  holdsToPrior: true,
  needsStandardPrior: true,
  on: 'code',
  summary: 'mismatch of codes and draws of N(0, I), as a discriminator sees it (adversarial autoencoder)',
  paper: 'Makhzani et al. 2015, §2; Tolstikhin et al. 2018, algorithm 1',
  option: 'adversarial',
  symbol: 'λ',
  defaultWeight: 10,
  options: discriminatorOptions,
  formula: () => '−log D(z)',
  opponent: discriminatorTraining,
  loss({ model: { posterior, draws }, draw, layers }, options) {
    const { code } = posterior
    const drawn = draw('prior', 'normal', concrete(code.shape, 'draws of the prior'))
    const ofCodes = logOdds(code, layers, options)
    const ofPrior = logOdds(drawn, layers, options)
    return { value: overDraws(surprise(ofCodes), draws), opponent: crossEntropy(ofPrior, ofCodes) }
  },
  reading: (weight) =>
    weight === 0
      ? 'off: codes may lie anywhere'
      : `prior N(0, I) on all codes together, not on each: what gives a code away as no draw from it is charged ${times(weight)}`,
})
