import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { levelMean, levelNats, levelSupport, levelsOption } from './levels.ts'
import { defineLikelihood, type LikelihoodContext } from './likelihood.ts'
import { type LearnedSpread, learnedSpread, outputsWith, spreadOption, spreadText } from './spread.ts'

/** Where learned scales begin, in units of the whole range. */
const FIRST_SCALE = 0.1

function logistic(
  output: Tensor,
  scale: number | LearnedSpread,
  context: LikelihoodContext,
): { readonly center: Tensor; readonly logScale: Tensor } {
  if (typeof scale === 'number') return { center: output, logScale: constant(Math.log(scale)) }
  const { center, log } = learnedSpread(output, scale, 'logScale', context)
  return { center, logScale: add(log, Math.log(FIRST_SCALE)) }
}

/**
 * Each entry is one of 256 levels, with the probability that a logistic density has around it. Kingma et al. 2016, appendix C.
 *
 * Nats are of probabilities, so bits per dimension compare with those of papers: 8 where all levels are alike.
 */
export const discretizedLogistic = defineLikelihood({
  name: 'discretized-logistic',
  summary:
    'each entry is one of 256 levels, as in 8-bit images: a logistic density over the width of its level',
  paper: 'Kingma et al. 2016, appendix C',
  options: z.strictObject({
    levels: levelsOption,
    width: z._default(spreadOption('scale s of the logistic density, where the levels span 1'), 'learned'),
  }),
  formula: ({ levels, width }) =>
    `−log P(x; Logistic(x̂, ${typeof width === 'number' ? `s = ${width}` : spreadText('s', width)}) over ${levels} levels)`,
  outputs: (first, { width }) => first * outputsWith(width),
  density(output, context, { levels, width }) {
    const { center, logScale } = logistic(output, width, context)
    return {
      negativeLogLikelihood: (x) => levelNats(x, center, logScale, levels),
      center: levelMean(center, logScale),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: ({ levels }) => levelSupport(levels),
})
