/** Bounds on log p(x) by groups of an example's draws: what IWAE, MIWAE, PIWAE and CIWAE share. */
import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { add, logSumExp, mean, neg, reshape, sub, type Tensor } from '../../graph/vocabulary.ts'
import { type Autoencoder, byExample } from '../../model/autoencoder.ts'

/** log wₖ = log p(x, zₖ) − log q(zₖ|x) of each draw in nats [batch, draws]. */
export const logWeightsOf = ({ reconstructionOfDraws, logRatio, draws }: Autoencoder): Tensor =>
  byExample(neg(add(reconstructionOfDraws, logRatio as Tensor)), draws)

/** The mean over groups of draws of log meanₖ wₖ in a group, in nats [batch]. Rainforth et al. 2018, eq. 9. */
export function groupedBound(logWeights: Tensor, groups: number): Tensor {
  const [batch, draws] = logWeights.shape as readonly number[]
  const each = draws / groups
  if (groups === 1) return sub(logSumExp(logWeights), Math.log(draws))
  return mean(sub(logSumExp(reshape(logWeights, [batch, groups, each])), Math.log(each)), [1])
}

/** What a bound by groups of draws tightens the ELBO by, as a loss ≤ 0 in nats [batch]. */
export const tightening = (logWeights: Tensor, groups: number): Tensor =>
  sub(mean(logWeights, [1]), groupedBound(logWeights, groups))

/** Options of terms over groups of draws. */
export const groupsOption = (standard: number, words: string) =>
  z._default(z.int().check(z.positive(), z.maximum(1000), z.describe(words)), standard)

/** Refuses groups that do not divide the draws. Error (usage): `objective/groups`. */
export function checkGroups(term: string, groups: number, draws: number): void {
  if (draws % groups === 0) return
  fail({
    code: 'objective/groups',
    seen: `term "${term}" with ${groups} groups of ${draws === 1 ? '1 draw' : `${draws} draws`}`,
    wanted: 'groups that divide the draws, so that all have as many',
    fix: `use --draws ${groups * Math.max(2, Math.ceil(draws / groups))}, or --${term}-groups 1`,
    usage: true,
  })
}
