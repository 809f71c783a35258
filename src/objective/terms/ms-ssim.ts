import * as z from 'zod/mini'
import { reshape } from '../../graph/ops/reshape.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { overDraws, perDraw } from '../../model/autoencoder.ts'
import { defineTerm, tidy } from '../term.ts'
import { multiScaleSimilarity } from './structural-similarity.ts'

/** Images as they are; what is none is read as a line of one channel. */
function asImages(x: Tensor): Tensor {
  const [rows, ...rest] = x.shape
  if (rest.length === 3) return x
  return reshape(x, [rows, 1, 1, rest.reduce<number>((size, extent) => size * (extent as number), 1)])
}

/**
 * 1 − MS-SSIM(x, x̂): how unlike a reconstruction looks, from 0 to 1. Wang, Simoncelli & Bovik 2003; Snell et al. 2017.
 *
 * No density has it as its logarithm, so it stands beside the likelihood, and the ELBO is reported without it.
 */
export const msSsim = defineTerm({
  name: 'ms-ssim',
  on: 'posterior',
  summary: 'how unlike its reconstruction an image looks, at several scales: 1 − MS-SSIM',
  paper: 'Wang, Simoncelli & Bovik 2003; Snell et al. 2017',
  option: 'ms-ssim',
  symbol: 'λ',
  defaultWeight: 50,
  options: z.strictObject({
    range: z._default(
      z
        .number()
        .check(z.positive(), z.describe('how far values span, in model units: 1 for images scaled to 0 … 1')),
      1,
    ),
  }),
  formula: () => '(1 − MS-SSIM(x, x̂))',
  loss({ model: { x, density, draws } }, { range }) {
    const similarity = multiScaleSimilarity(asImages(perDraw(x, draws)), asImages(density.center), range)
    return overDraws(sub(1, similarity), draws)
  },
  reading: (weight) =>
    weight === 0
      ? 'off: how alike images look has no say beside the likelihood'
      : `prior on reconstructions ∝ exp(−${tidy(weight)}·(1 − MS-SSIM)): one that looks nothing like its image costs ${tidy(weight)} nats more than its likelihood says`,
})
