import * as z from 'zod/mini'
import { abs } from '../../graph/ops/abs.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import { anyNumber, defineLikelihood } from './likelihood.ts'
import { learnedSpread, outputsWith, spreadOption, spreadText } from './spread.ts'

/** Laplace(x; x̂, b): −log p = |x − x̂|/b + log 2b; a learned b is a log-scale that starts at 0. */
export const laplace = defineLikelihood({
  name: 'laplace',
  summary: 'each entry is Laplace around the reconstruction: the absolute error, as a full density',
  options: z.strictObject({ scale: spreadOption('scale b of an observation, in model units') }),
  formula: ({ scale }) =>
    `−log Laplace(x; x̂, ${typeof scale === 'number' ? `b = ${scale}` : spreadText('b', scale)})`,
  outputs: (first, { scale }) => first * outputsWith(scale),
  density(output, context, { scale }) {
    if (typeof scale === 'number')
      return {
        negativeLogLikelihood: (x) => add(mul(abs(sub(x, output)), 1 / scale), Math.log(2 * scale)),
        center: output,
      }
    const { center, log: logScale } = learnedSpread(output, scale, 'logScale', context)
    return {
      negativeLogLikelihood: (x) =>
        add(mul(abs(sub(x, center)), exp(neg(logScale))), add(logScale, Math.LN2)),
      center,
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => anyNumber,
})
