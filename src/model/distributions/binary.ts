import * as z from 'zod/mini'
import { sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { binaryCrossEntropy } from '../../graph/ops/binary-cross-entropy.ts'
import { concat } from '../../graph/ops/concat.ts'
import { log } from '../../graph/ops/log.ts'
import { neg } from '../../graph/ops/neg.ts'
import { positive } from '../../graph/ops/positive.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { slice } from '../../graph/ops/slice.ts'
import { sub } from '../../graph/ops/sub.ts'
import { dense } from '../layers/dense.ts'
import { defineLatent } from './latent.ts'
import { heated, shares, straightThrough } from './levels.ts'

/**
 * Bits: a draw is 1 where logit + log u − log(1 − u) is positive, and the sigmoid of that over τ stands for it while
 * training. Maddison et al. 2017, appendix B.
 */
export const binary = defineLatent({
  name: 'binary',
  summary: 'bits, each 0 or 1: the concrete distribution while training',
  paper: 'Maddison et al. 2017, appendix B',
  options: z.strictObject({}),
  stochastic: true,
  gaussian: false,
  relaxes: true,
  space: (size) => ({ kind: 'discrete', levels: new Array<number>(size).fill(2) }),
  noise: (size) => ({ kind: 'uniform', width: size }),
  statistics(features, size, layers) {
    const logit = dense(features, size, layers('logit'))
    return { mean: sigmoid(logit), logit }
  },
  draw({ logit }, noise, _, __, training) {
    const share = shares(noise)
    const noisy = add(logit, sub(log(share), log(sub(1, share))))
    const hard = positive(noisy)
    const soft = sigmoid(heated(noisy, training?.relaxation))
    const isSoft = training?.relaxation?.hard === false
    return {
      code: isSoft ? soft : straightThrough(hard, soft),
      logDensity: neg(sumPerExample(binaryCrossEntropy(logit, hard))),
    }
  },
  center: ({ logit }) => positive(logit),
  kl: ({ logit, mean }) => sub(Math.LN2, binaryCrossEntropy(logit, mean)),
  project: (code) => positive(sub(code, 0.5)),
  coding: {
    read(code) {
      const one = reshape(code, [...code.shape, 1])
      return concat([sub(1, one), one], 2)
    },
    write: (oneHot) => reshape(slice(oneHot, 2, 1, 2), oneHot.shape.slice(0, 2)),
  },
})
