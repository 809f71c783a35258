import * as z from 'zod/mini'
import { concrete } from '../../base/shape.ts'
import { add, concat, mul, reshape, square, sub, sumPerExample, type Tensor } from '../../graph/vocabulary.ts'
import { overDraws, perDraw } from '../../model/autoencoder.ts'
import { dense } from '../../model/layers/dense.ts'
import { defineTerm, type TermTrace, tidy } from '../term.ts'
import { crossEntropy, learningRateOption, opponentTraining, surprise } from './discriminator.ts'

/** What a discriminator makes of examples: the features of its inner layer, and log-odds [rows] that they are data. */
interface Judged {
  readonly features: Tensor
  readonly odds: Tensor
}

function judged(x: Tensor, { features: network, layers }: TermTrace): Judged {
  const inner = network(x)
  const [rows, ...rest] = inner.shape
  const width = concrete(rest, 'features').reduce((a, b) => a * b, 1)
  const features = reshape(inner, [rows, width])
  return { features, odds: reshape(dense(features, 1, layers('odds')), [rows]) }
}

/**
 * A likelihood of what a discriminator sees in place of that of the data, ‖D(x) − D(x̂)‖²/(2σ²) in its inner layer, and for
 * the decoder −log of the probability that it gives reconstructions and samples of being data. Larsen et al. 2016, eq. 7 to 9
 * and algorithm 1.
 *
 * The reconstruction is taken off, so that with weight 1 the sum of all is KL and error of features for the encoder,
 * γ times that error and what gives decoded codes away for the decoder, and nothing else. The discriminator, a network as the
 * encoder's, lowers its own surprise alone; what it tells apart are data, and reconstructions and samples. The paper's
 * decoder raises log(1 − D) of them instead, whose slope vanishes where the discriminator is sure.
 */
export const learnedSimilarity = defineTerm({
  name: 'learned-similarity',
  on: 'parameters',
  summary:
    'likeness to a discriminator in place of the reconstruction, and samples that pass for data (VAE-GAN)',
  paper: 'Larsen et al. 2016, eq. 7 to 9 and algorithm 1',
  option: 'similarity',
  symbol: 'κ',
  defaultWeight: 1,
  options: z.strictObject({
    gamma: z._default(
      z
        .number()
        .check(
          z.nonnegative(),
          z.describe('γ, what the error of features counts for the decoder beside what gives it away'),
        ),
      0.01,
    ),
    sigma: z._default(
      z.number().check(z.positive(), z.describe('σ, by how much features of look-alikes may differ')),
      1,
    ),
    learningRate: learningRateOption,
  }),
  greatestWeight: () => 1,
  formula({ gamma, sigma }) {
    const error = (factor: number) => `${tidy(factor / (2 * sigma ** 2))}‖D(x) − D(x̂)‖²`
    return `(${error(gamma)} − log D(x̂) − log D(x̃) − reconstruction; encoder: ${error(1)} − reconstruction)`
  },
  needs: 'draws',
  needsStandardPrior: true,
  opponent: ({ learningRate }) => opponentTraining(learningRate),
  loss(trace, { gamma, sigma }) {
    const { density, decode, draws, posterior, reconstruction, x } = trace.model
    const shape = concrete(posterior.code.shape, 'draws of the prior')
    const [real, restored, made] = [
      x,
      density.center,
      decode(trace.draw('prior', 'normal', shape)).center,
    ].map((rows) => judged(rows, trace))
    const away = sub(restored.features, perDraw(real.features, draws))
    const error = mul(sumPerExample(square(away)), 0.5 / sigma ** 2)
    const givenAway = add(surprise(restored.odds), surprise(made.odds))
    const beyond = (loss: Tensor) => sub(overDraws(loss, draws), reconstruction)
    return {
      value: beyond(add(mul(error, gamma), givenAway)),
      encoder: beyond(error),
      opponent: crossEntropy(real.odds, concat([restored.odds, made.odds], 0)),
    }
  },
  reading(kappa, { gamma, sigma }) {
    if (kappa === 0) return 'off: the likelihood of the data alone'
    const whole = `examples are to look alike to a discriminator, give or take ${tidy(sigma)} in each of its features (counted ${tidy(gamma)} times for the decoder), and samples to pass for data`
    return kappa === 1
      ? `in place of the reconstruction: ${whole}`
      : `${tidy(kappa)} of the way from the reconstruction to this: ${whole}`
  },
})
