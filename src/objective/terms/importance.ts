import * as z from 'zod/mini'
import { mean, sub } from '../../graph/vocabulary.ts'
import { defineTerm, tidy } from '../term.ts'
import { checkGroups, groupsOption, logWeightsOf, tightening } from './draw-groups.ts'
import { dregBound } from './dreg.ts'

/**
 * −[log meanₖ wₖ − meanₖ log wₖ] ≤ 0 in nats [batch], wₖ = p(x, zₖ)/q(zₖ|x): what K draws of an example tighten the
 * ELBO by. Burda et al. 2016, eq. 8.
 *
 * Beside term kl of weight 1 the loss is −log meanₖ wₖ, the K-sample bound: exactly with its estimator "sampled", else
 * in expectation. K is the model's `draws`; one draw gives 0. Of several groups of draws the bounds are averaged (MIWAE),
 * and a weight below 1 mixes bound and ELBO (CIWAE): Rainforth et al. 2018, eq. 9 and 11.
 */
export const importance = defineTerm({
  name: 'importance',
  on: 'posterior',
  summary: 'gap between the ELBO and the tighter bound of several importance-weighted draws (IWAE)',
  paper: 'Burda et al. 2016, eq. 8; Rainforth et al. 2018, eq. 9 and 11; Tucker et al. 2019, eq. 8',
  option: 'importance',
  symbol: 'κ',
  defaultWeight: 1,
  options: z.strictObject({
    groups: groupsOption(1, 'groups of draws whose bounds are averaged (MIWAE); they divide the draws'),
    estimator: z._default(
      z
        .enum(['standard', 'dreg'])
        .check(
          z.describe(
            'gradient of the encoder: standard, or doubly reparametrized (dreg), which has less variance',
          ),
        ),
      'standard',
    ),
  }),
  formula: ({ groups }) =>
    groups === 1 ? '(meanₖ log wₖ − log meanₖ wₖ)' : `(mean log w − mean of ${groups} groups’ log mean w)`,
  needs: 'draws',
  needsWith: ({ estimator }) => (estimator === 'dreg' ? 'gaussian' : undefined),
  loss({ model }, { groups, estimator }) {
    checkGroups('importance', groups, model.draws)
    const logWeights = logWeightsOf(model)
    const value = tightening(logWeights, groups)
    if (estimator === 'standard') return value
    return { value, encoder: sub(mean(logWeights, [1]), dregBound(model, logWeights, groups)) }
  },
  reading(kappa, { groups, estimator }) {
    const bound =
      groups === 1
        ? 'the K-sample bound −log meanₖ wₖ (K = draws)'
        : `the bound −log mean w averaged over ${groups} groups of draws (MIWAE)`
    const gradient = estimator === 'dreg' ? '; the encoder’s gradient is doubly reparametrized' : ''
    if (kappa === 0) return 'off: with kl of weight 1 the loss is −ELBO'
    if (kappa === 1) return `with kl of weight 1 the loss is ${bound}, not −ELBO${gradient}`
    return kappa < 1
      ? `with kl of weight 1 the loss is ${tidy(kappa)} of the way from −ELBO to ${bound}${gradient}`
      : `more than ${bound}: the loss bounds nothing${gradient}`
  },
})
