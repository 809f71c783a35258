import { z } from 'zod'
import { fail } from '../../base/errors.ts'
import { sumPerExample } from '../../graph/functions.ts'
import { defineTerm, tidy } from '../term.ts'

const words = (beta: number): string => {
  if (beta === 0) return 'the prior on the code is off: a plain autoencoder with noise'
  if (beta === 1) return 'the prior N(0, I) on the code at face value: loss = −ELBO'
  return beta > 1
    ? 'the code is charged more than the ELBO asks: favors independent, fewer active dimensions'
    : 'the code is charged less than the ELBO asks: favors reconstruction'
}

/** KL(q(z|x) ‖ N(0, I)) in closed form. Kingma & Welling 2014, appendix B; weighted by β: Higgins et al. 2017, eq. 4. */
export const kl = defineTerm({
  name: 'kl',
  on: 'posterior',
  summary: 'divergence of the posterior from the prior N(0, I), in nats',
  paper: 'Kingma & Welling 2014, appendix B; Higgins et al. 2017, eq. 4',
  option: 'beta',
  symbol: 'β',
  defaultWeight: 1,
  options: z.strictObject({}),
  formula: () => 'KL(q(z|x) ‖ N(0, I))',
  needsStochasticLatent: true,
  isRate: true,
  loss({ posterior }) {
    if (!posterior.klPerDimension)
      return fail({
        code: 'objective/needs-posterior',
        seen: 'term "kl" over a deterministic latent',
        wanted: 'a latent with a posterior',
        fix: 'use latent "gaussian", or drop the term',
        usage: true,
      })
    return sumPerExample(posterior.klPerDimension)
  },
  reading: (beta) => `prior on the code z ~ N(0, I), counted ${tidy(beta)} times; ${words(beta)}`,
})
