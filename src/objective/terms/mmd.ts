import * as z from 'zod/mini'
import {
  add,
  div,
  exp,
  matmul,
  mul,
  relu,
  reshape,
  square,
  sub,
  sum,
  sumPerExample,
  type Tensor,
} from '../../graph/vocabulary.ts'
import { defineTerm, tidy } from '../term.ts'

/** Multiples of the width that the inverse multiquadratic kernel adds up. Tolstikhin et al. 2018, the authors' code. */
const SCALES = [0.1, 0.2, 0.5, 1, 2, 5, 10]

/** Kernels of squared distances d under a squared width h. */
const kernels = {
  imq: (d: Tensor, h: number): Tensor =>
    SCALES.map((scale) => div(scale * h, add(d, scale * h))).reduce((total, term) => add(total, term)),
  rbf: (d: Tensor, h: number): Tensor => exp(mul(d, -1 / h)),
}
type Kernel = (squaredDistances: Tensor) => Tensor

/** ‖aᵢ − bⱼ‖² [n, m] for rows a [n, latent] and b [m, latent]. */
function squaredDistances(a: Tensor, b: Tensor): Tensor {
  const lengths = add(reshape(sumPerExample(square(a)), [a.shape[0], 1]), sumPerExample(square(b)))
  // Rounding could leave less than zero of two rows that are alike.
  return relu(sub(lengths, mul(matmul(a, b, { transposeB: true }), 2)))
}

/** Mean kernel of two rows [rows, latent] that are not of one example, each of which has `draws` rows in turn. */
function meanOfPairs(rows: Tensor, kernel: Kernel, draws: number): Tensor {
  const [count, latent] = rows.shape as readonly number[]
  const examples = count / draws
  const within = sub(reshape(rows, [examples, draws, 1, latent]), reshape(rows, [examples, 1, draws, latent]))
  const own = sum(kernel(sum(square(within), [3])))
  // A batch of one example has no pairs: both sums are the same.
  return div(sub(sum(kernel(squaredDistances(rows, rows))), own), Math.max(count * (count - draws), 1))
}

/**
 * MMD²(q(z), p(z)) between codes and as many draws from N(0, I), a scalar: the unbiased U-statistic, which may fall
 * below 0. InfoVAE: Zhao et al. 2019; WAE-MMD: Tolstikhin et al. 2018, algorithm 2.
 *
 * Codes of one example depend on each other, so that pairs of them do not count. The squared width h of a kernel is
 * `width` times 2·latent, the expected squared distance of two draws from the prior. rbf: exp(−d/h); imq: the sum over
 * seven scales s of s·h/(s·h + d), whose tails reach codes far out.
 */
export const mmd = defineTerm({
  name: 'mmd',
  holdsToPrior: true,
  needsStandardPrior: true,
  on: 'posterior',
  summary: 'maximum mean discrepancy between codes of all examples and the prior (InfoVAE, WAE)',
  paper: 'Zhao et al. 2019; Tolstikhin et al. 2018, algorithm 2',
  option: 'mmd',
  symbol: 'λ_MMD',
  defaultWeight: 100,
  options: z.strictObject({
    kernel: z._default(
      z.enum(['imq', 'rbf']).check(z.describe('inverse multiquadratic, or Gaussian (rbf)')),
      'imq',
    ),
    width: z._default(
      z
        .number()
        .check(z.positive(), z.describe('squared width of the kernel, in units of 2 · latent dimensions')),
      1,
    ),
  }),
  formula: ({ kernel }) => `MMD²(q(z), p(z); ${kernel})`,
  loss({ model: { posterior, draws }, draw }, { kernel, width }) {
    const { code } = posterior
    const [rows, latent] = code.shape as readonly number[]
    const prior = draw('prior', 'normal', [rows, latent])
    const chosen: Kernel = (d) => kernels[kernel](d, width * 2 * latent)
    const across = mul(sum(chosen(squaredDistances(code, prior))), 2 / (rows * rows))
    return sub(add(meanOfPairs(code, chosen, draws), meanOfPairs(prior, chosen, 1)), across)
  },
  reading: (weight, { kernel }) =>
    weight === 0
      ? 'off: codes of all examples together may have any distribution'
      : `prior on the code over all examples, not on each: q(z) is held to p(z) as kernel ${kernel} sees it, ` +
        `${tidy(weight)} for each unit of MMD²; a single q(z|x) may be as narrow as it likes`,
})
