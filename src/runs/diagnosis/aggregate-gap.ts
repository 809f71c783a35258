import { klToStandardNormal } from '../../base/math/normal.ts'
import { sumOf } from '../../base/math/sums.ts'
import type { Found } from './finding.ts'
import type { History } from './history.ts'
import { figure } from './words.ts'

/** Nats of divergence from which samples of the prior are off. */
const FAR = 1

/**
 * Codes of data spread beyond the prior, so that samples from it come from where no data are.
 *
 * The variances v of posterior means alone give a lower bound on Σⱼ KL(q(zⱼ) ‖ N(0, 1)): that of Gaussians, ½(v − 1 −
 * log v) where v > 1.
 */
export function aggregateGap({ told, rate, beta, hasStandardPrior }: History): Found | undefined {
  const { activity } = told
  if (!rate || beta === null || !hasStandardPrior || !activity) return undefined
  const gap = sumOf(activity.map((v) => (v > 1 ? klToStandardNormal(0, Math.log(v)) : 0)))
  if (gap < FAR) return undefined
  const wide = activity.filter((v) => v > 1.5)
  return {
    code: 'diagnosis/aggregate-gap',
    severity: 'warning',
    gist: 'its codes lie far from the prior that samples are drawn from',
    said:
      `codes of data lie at least ${figure(gap)} nats from the prior: the posterior means of ${wide.length} of ` +
      `${activity.length} units vary by more than 1.5, the widest by ${figure(Math.max(...activity))}, where N(0, 1) ` +
      `has 1; samples from the prior miss them. ${rate.term.symbol} is ${rate.weight.text}`,
    ways: [
      ...(beta < 1 ? [{ words: 'charge more for the code', options: { [rate.term.option]: 1 } }] : []),
      { words: 'learn the prior', options: { prior: 'vamp' } },
      { words: 'draw samples from where codes are: betavae sample <run> --from aggregate' },
    ],
  }
}
