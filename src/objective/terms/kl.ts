import * as z from 'zod/mini'
import type { Tensor } from '../../graph/tensor.ts'
import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, times } from '../term.ts'

const words = (beta: number): string => {
  if (beta === 0) return 'the prior on the code is off: a plain autoencoder with noise'
  if (beta === 1) return 'at face value, as the ELBO counts it'
  return beta > 1
    ? 'the code is charged more than the ELBO asks: favors independent, fewer active dimensions'
    : 'the code is charged less than the ELBO asks: favors reconstruction'
}

/**
 * KL(q(z|x) ‖ p(z)), in closed form where there is one, else at the drawn codes. Kingma & Welling 2014, eq. 7 and
 * appendix B; weighted by β: Higgins et al. 2017, eq. 4.
 */
export const kl = defineTerm({
  name: 'kl',
  on: 'posterior',
  summary: 'divergence of the posterior from the prior, in nats',
  paper: 'Kingma & Welling 2014, appendix B; Higgins et al. 2017, eq. 4',
  option: 'beta',
  symbol: 'β',
  defaultWeight: 1,
  options: z.strictObject({
    estimator: z._default(
      z
        .enum(['auto', 'sampled'])
        .check(
          z.describe(
            'auto: closed form where there is one; sampled: log q(z|x) − log p(z) at the drawn codes',
          ),
        ),
      'auto',
    ),
  }),
  formula: () => 'KL(q(z|x) ‖ p(z))',
  needs: 'draws',
  rate: 'beta',
  loss({ model: { kl: chosen, logRatio, draws } }, { estimator }) {
    return estimator === 'auto' ? (chosen as Tensor) : overDraws(logRatio as Tensor, draws)
  },
  reading: (beta) => `prior on the code z ~ p(z), counted ${times(beta)}; ${words(beta)}`,
})
