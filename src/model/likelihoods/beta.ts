import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { clip } from '../../graph/ops/clip.ts'
import { exp } from '../../graph/ops/exp.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { sub } from '../../graph/ops/sub.ts'
import { concentrationOf, concentrationOption, concentrationText } from './concentration.ts'
import { defineLikelihood } from './likelihood.ts'
import { logBetaBesides } from './log-beta.ts'
import { outputsWith } from './spread.ts'

/** Shares as a float32 has them: data beyond are refused, but what they are asked of gives numbers. */
const [LEAST, GREATEST] = [1e-30, 1 - 2 ** -24]

/**
 * Beta(x; mφ, (1 − m)φ) of shares: −log p = log B(α, β) − (α − 1)·log x − (β − 1)·log(1 − x). Ferrari & Cribari-Neto 2004.
 *
 * The decoder gives the logit of the mean m; φ says how sharply shares lie about it, of variance m(1 − m)/(1 + φ).
 */
export const beta = defineLikelihood({
  name: 'beta',
  summary: 'each entry is a share between 0 and 1, neither of them; computed from the logit of its mean',
  paper: 'Ferrari & Cribari-Neto 2004, eq. 4',
  options: z.strictObject({
    precision: concentrationOption('φ of shares with mean m, whose variance is m(1 − m)/(1 + φ)'),
  }),
  formula: ({ precision }) => `−log Beta(x; x̂, ${concentrationText('φ', precision)})`,
  outputs: (first, { precision }) => first * outputsWith(precision),
  density(output, context, { precision }) {
    const { parts, logConcentration } = concentrationOf(output, 1, precision, context)
    const [logit] = parts
    const spread = exp(logConcentration)
    const [a, b] = [mul(sigmoid(logit), spread), mul(sigmoid(neg(logit)), spread)]
    return {
      negativeLogLikelihood(x) {
        const within = clip(x, LEAST, GREATEST)
        const [logShare, logOther] = [log(within), log(sub(1, within))]
        return add(logBetaBesides(a, b, sub(logShare, logOther)), add(logShare, logOther))
      },
      center: sigmoid(logit),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => ({
    holds: (x) => x > 0 && x < 1,
    wanted: 'values between 0 and 1, neither of them',
    fix: 'use --likelihood continuous-bernoulli --scaling unit',
    isUnit: true,
  }),
})
