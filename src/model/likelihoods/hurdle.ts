import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { clip } from '../../graph/ops/clip.ts'
import { greater } from '../../graph/ops/compare.ts'
import { constant } from '../../graph/ops/constant.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { slice } from '../../graph/ops/slice.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { gaussianLogDensity } from '../distributions/gaussian.ts'
import { defineLikelihood, type LikelihoodContext } from './likelihood.ts'
import { softplusOf } from './log-beta.ts'
import { shownCounts } from './poisson.ts'
import { type LearnedSpread, learnedSpread, outputsWith, spreadOption, spreadText } from './spread.ts'

/** A float32 holds the mean of amounts whose logarithm is within this. */
const FARTHEST = 80

/** The mean of the logarithm and the logarithm of its variance. */
function amounts(
  output: Tensor,
  sigma: number | LearnedSpread,
  context: LikelihoodContext,
): { readonly center: Tensor; readonly logVariance: Tensor } {
  if (typeof sigma === 'number') return { center: output, logVariance: constant(2 * Math.log(sigma)) }
  const { center, log: logScale } = learnedSpread(output, sigma, 'logScale', context)
  return { center, logVariance: mul(logScale, 2) }
}

/**
 * Each entry is 0, or an amount above 0 that is log-normal: −log p = −log(1 − π) at 0, else −log π + log x − log N(log x; m, σ²).
 *
 * The decoder gives the logit of π, the probability of an amount, and m. Cragg 1971, eq. 9; Duan et al. 1983. The
 * reconstruction is the mean, π·exp(m + σ²/2).
 */
export const hurdle = defineLikelihood({
  name: 'hurdle',
  summary: 'each entry is 0 or a positive amount, as costs and rain are: whether there is any, and how much',
  paper: 'Cragg 1971; Duan et al. 1983, eq. 2',
  options: z.strictObject({
    spread: z._default(spreadOption('standard deviation of the logarithm of an amount'), 'learned'),
  }),
  formula: ({ spread }) =>
    `−log [(1 − π)·(x; 0) + π·LogNormal(x; m, ${typeof spread === 'number' ? `σ = ${spread}` : spreadText('σ', spread)})]`,
  outputs: (first, { spread }) => first * (1 + outputsWith(spread)),
  shown: shownCounts,
  density(output, context, { spread }) {
    const entries = (output.shape[1] as number) / (1 + outputsWith(spread))
    const gate = slice(output, 1, 0, entries)
    const rest = slice(output, 1, entries, output.shape[1] as number)
    const { center, logVariance } = amounts(rest, spread, context)
    return {
      negativeLogLikelihood(x) {
        const isAmount = greater(x, 0)
        // Where there is none, the density of one is asked of a harmless number, so that no gradient is NaN.
        const logAmount = log(where(isAmount, x, 1))
        const nats = add(
          add(neg(gaussianLogDensity(logAmount, center, logVariance)), logAmount),
          softplusOf(neg(gate)),
        )
        return where(isAmount, nats, softplusOf(gate))
      },
      center: mul(sigmoid(gate), exp(clip(add(center, mul(exp(logVariance), 0.5)), -FARTHEST, FARTHEST))),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => ({
    holds: (x) => x >= 0 && Number.isFinite(x),
    wanted: '0 and numbers above it',
    isAmount: true,
  }),
})
