import * as z from 'zod/mini'
import { maximum, mean, sum, type Tensor } from '../../graph/vocabulary.ts'
import { defineTerm, tidy, times } from '../term.ts'

/**
 * Σⱼ max(λ, mean KLⱼ), a scalar in nats: the first λ nats of every dimension are free. Kingma et al. 2016, eq. 15.
 *
 * The mean over the batch comes before the maximum. A dimension below λ has no gradient from this term; its value is
 * never less than latent · λ.
 */
export const freeBits = defineTerm({
  name: 'free-bits',
  on: 'posterior',
  summary: 'KL with the first nats of every dimension free, against posterior collapse',
  paper: 'Kingma et al. 2016, eq. 15 and appendix C.8',
  option: 'free-bits',
  symbol: 'β',
  defaultWeight: 1,
  options: z.strictObject({
    nats: z._default(
      z.number().check(z.nonnegative(), z.describe('λ, the nats that each dimension has for free')),
      0.1,
    ),
  }),
  formula: ({ nats }) => `Σⱼ max(${tidy(nats)}, KLⱼ(q(z|x) ‖ p(z)))`,
  needs: 'gaussian',
  needsStandardPrior: true,
  rate: 'beta',
  loss: ({ model: { klPerDimension } }, { nats }) => sum(maximum(mean(klPerDimension as Tensor, [0]), nats)),
  reading: (beta, { nats }, { latent }) =>
    beta === 0
      ? 'the prior on the code is off: a plain autoencoder with noise'
      : `prior on the code z ~ N(0, I), counted ${times(beta)} from ${tidy(nats)} nats a dimension on: ` +
        `${tidy(nats * latent)} nats in all are free`,
})
