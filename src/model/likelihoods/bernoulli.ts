import * as z from 'zod/mini'
import { binaryCrossEntropy } from '../../graph/ops/binary-cross-entropy.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { defineLikelihood, unitInterval } from './likelihood.ts'

/** Each entry is 0 or 1; the decoder gives logits l, and −log p = log(1 + eˡ) − x·l. */
export const bernoulli = defineLikelihood({
  name: 'bernoulli',
  summary: 'each entry is 0 or 1; computed from logits',
  options: z.strictObject({}),
  formula: () => '−log Bernoulli(x; x̂)',
  outputs: (first) => first,
  density: (logits) => ({
    negativeLogLikelihood: (x) => binaryCrossEntropy(logits, x),
    center: sigmoid(logits),
  }),
  omitted: () => 0,
  variance: () => undefined,
  support: () => ({ ...unitInterval, isBinary: true }),
})
