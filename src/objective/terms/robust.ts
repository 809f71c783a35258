import * as z from 'zod/mini'
import { add, logSumExp, mean, mul, sub, type Tensor } from '../../graph/vocabulary.ts'
import { defineTerm, tidy } from '../term.ts'

/**
 * −(1/t) log meanᵢ exp(−t·Lᵢ) − meanᵢ Lᵢ ≤ 0 in nats, Lᵢ = reconstruction + KL of example i: what the tilted loss lies
 * below the mean by. Li et al. 2021, eq. 2, with negative tilt.
 *
 * Beside term kl of weight 1 the loss is the tilted one, whose gradient weighs example i by exp(−t·Lᵢ): rows that fit
 * far worse than the rest of their batch teach the model little, so a few outliers among the training rows do no harm.
 * t = tilt/√N for N numbers an example, since losses of fitting examples spread like √N.
 */
export const robust = defineTerm({
  name: 'robust',
  on: 'posterior',
  summary: 'tilted loss, in which examples that fit badly count for less',
  paper: 'Li et al. 2021, eq. 2',
  option: 'robust',
  symbol: 'ρ',
  defaultWeight: 1,
  options: z.strictObject({
    tilt: z._default(z.number().check(z.positive(), z.describe('how sharply bad fits are discounted')), 1),
  }),
  formula: ({ tilt }) => `(−(1/t) log meanᵢ exp(−t·Lᵢ) − meanᵢ Lᵢ, t = ${tidy(tilt)}/√N)`,
  needs: 'draws',
  loss({ model: { reconstruction, kl }, setting: { dataSize }, batch }, { tilt }) {
    const t = tilt / Math.sqrt(dataSize)
    const losses = add(reconstruction, kl as Tensor)
    const tilted = mul(sub(logSumExp(mul(losses, -t)), Math.log(batch)), -1 / t)
    return sub(tilted, mean(losses))
  },
  reading(weight, { tilt }, { dataSize }) {
    if (weight === 0) return 'off: every example counts alike'
    const t = tilt / Math.sqrt(dataSize)
    return `with kl of weight 1, an example ${tidy(Math.log(10) / t)} nats worse than another counts a tenth of it`
  },
})
