import * as z from 'zod/mini'
import { defineTerm, tidy } from '../term.ts'
import { checkGroups, groupsOption, logWeightsOf, tightening } from './draw-groups.ts'

/**
 * As `importance`, the bound of all draws together, for every parameter but the encoder's, which lower the mean of the
 * bounds of groups of draws (MIWAE) instead: the tighter a bound, the less its gradient tells an encoder. Rainforth et al.
 * 2018, §4 (PIWAE).
 */
export const piwae = defineTerm({
  name: 'piwae',
  on: 'posterior',
  summary:
    'gap to the bound of all draws for the decoder, to that of groups of draws for the encoder (PIWAE)',
  paper: 'Rainforth et al. 2018, §4',
  option: 'piwae',
  symbol: 'κ',
  defaultWeight: 1,
  options: z.strictObject({
    groups: groupsOption(2, 'groups of draws whose bounds the encoder averages; they divide the draws'),
  }),
  formula: ({ groups }) => `(mean log w − log mean w; encoder: mean of ${groups} groups’ log mean w)`,
  needs: 'draws',
  loss({ model }, { groups }) {
    checkGroups('piwae', groups, model.draws)
    const logWeights = logWeightsOf(model)
    return { value: tightening(logWeights, 1), encoder: tightening(logWeights, groups) }
  },
  reading(kappa, { groups }) {
    const bounds = `the bound of all draws, the encoder’s the mean of the bounds of ${groups} groups`
    if (kappa === 0) return 'off: with kl of weight 1 the loss is −ELBO'
    if (kappa === 1) return `with kl of weight 1 the decoder’s loss is ${bounds}`
    return kappa < 1
      ? `with kl of weight 1 losses are ${tidy(kappa)} of the way from −ELBO: the decoder’s to ${bounds}`
      : 'more than the bounds: the loss bounds nothing'
  },
})
