import { z } from 'zod'
import { mul } from '../../graph/ops/mul.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sub } from '../../graph/ops/sub.ts'
import { defineLikelihood } from './likelihood.ts'

/** Each entry is 0 or 1; the decoder gives logits l, and −log p = log(1 + eˡ) − x·l. */
export const bernoulli = defineLikelihood({
  name: 'bernoulli',
  summary: 'each entry is 0 or 1; computed from logits',
  options: z.strictObject({}),
  formula: () => '−log Bernoulli(x; x̂)',
  negativeLogLikelihood: (logits, x) => sub(softplus(logits), mul(x, logits)),
  omitted: () => 0,
  mean: sigmoid,
  variance: () => undefined,
  unitInterval: true,
})
