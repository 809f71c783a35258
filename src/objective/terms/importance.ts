import * as z from 'zod/mini'
import { add, logSumExp, mean, neg, sub, type Tensor } from '../../graph/vocabulary.ts'
import { byExample } from '../../model/autoencoder.ts'
import { defineTerm, tidy } from '../term.ts'

/**
 * −[log meanₖ wₖ − meanₖ log wₖ] ≤ 0 in nats [batch], wₖ = p(x, zₖ)/q(zₖ|x): what K draws of an example tighten the
 * ELBO by. Burda et al. 2016, eq. 8.
 *
 * Beside term kl of weight 1 the loss is −log meanₖ wₖ, the K-sample bound: exactly with its estimator "sampled", else
 * in expectation. K is the model's `draws`; one draw gives 0.
 */
export const importance = defineTerm({
  name: 'importance',
  on: 'posterior',
  summary: 'gap between the ELBO and the tighter bound of several importance-weighted draws (IWAE)',
  paper: 'Burda et al. 2016, eq. 8',
  option: 'importance',
  symbol: 'κ',
  defaultWeight: 1,
  options: z.strictObject({}),
  formula: () => '(meanₖ log wₖ − log meanₖ wₖ)',
  needs: 'draws',
  loss({ model: { reconstructionOfDraws, logRatio, draws } }) {
    const logWeights = byExample(neg(add(reconstructionOfDraws, logRatio as Tensor)), draws)
    return sub(mean(logWeights, [1]), sub(logSumExp(logWeights), Math.log(draws)))
  },
  reading(kappa) {
    if (kappa === 0) return 'off: with kl of weight 1 the loss is −ELBO'
    if (kappa === 1)
      return 'with kl of weight 1 the loss is the K-sample bound −log meanₖ wₖ (K = draws), not −ELBO'
    return kappa < 1
      ? `with kl of weight 1 the loss is ${tidy(kappa)} of the way from −ELBO to the K-sample bound (K = draws)`
      : 'more than the K-sample bound: the loss bounds nothing'
  },
})
