import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { concat } from '../../graph/ops/concat.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { slice } from '../../graph/ops/slice.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { autoregression, type Expect, hiddenOption, stepsOption } from './autoregression.ts'
import { definePrior } from './prior.ts'

/**
 * Masked autoregressive flow: noise uᵢ = (zᵢ − μᵢ)/σᵢ, where μᵢ and σᵢ depend on z₁ … zᵢ₋₁, so that log p(z) =
 * log N(u; 0, I) − Σ log σᵢ. Papamakarios et al. 2017, eq. 4 and 5; every second step takes the dimensions the other way
 * around.
 *
 * Its density takes one pass. A draw takes as many as all steps have dimensions together: each settles one more.
 */
export const maf = definePrior({
  name: 'maf',
  summary: 'a masked autoregressive flow, learned with the model: each dimension given those before it',
  paper: 'Papamakarios et al. 2017, eq. 4 and 5',
  options: z.strictObject({ steps: stepsOption, hidden: hiddenOption }),
  formula: ({ steps }) => `MAF(${steps} steps), learned`,
  needs: 'draws',
  density: ({ latent, layers }, { steps, hidden }) => {
    const expected = autoregression(hidden, layers)
    return {
      logDensity(code) {
        const { noise, logDeviations } = noiseOf(code, steps, expected)
        return sub(mul(sumPerExample(add(square(noise), LOG_TWO_PI)), -0.5), sumPerExample(logDeviations))
      },
      passes: steps * latent,
      width: steps * latent,
      step: (noise, before) => settle(noise, before, steps, expected),
    }
  },
})

/** The noise that codes come from, and Σ log σ of each dimension, over all steps. */
function noiseOf(code: Tensor, steps: number, expected: Expect) {
  let noise = code
  let logDeviations: Tensor | undefined
  for (let step = 0; step < steps; step++) {
    const { mean, logDeviation } = expected(noise, step)
    noise = mul(sub(noise, mean), exp(neg(logDeviation)))
    logDeviations = logDeviations ? add(logDeviations, logDeviation) : logDeviation
  }
  return { noise, logDeviations: logDeviations as Tensor }
}

/** One pass: what each step gave before [rows, steps · size], the first of which is the code, taken one dimension further. */
function settle(noise: Tensor, before: Tensor, steps: number, expected: Expect): Tensor {
  const size = noise.shape[1] as number
  let after = noise
  const all: Tensor[] = []
  for (let step = steps - 1; step >= 0; step--) {
    const own = slice(before, 1, step * size, (step + 1) * size)
    const { mean, logDeviation } = expected(own, step)
    after = add(mean, mul(exp(logDeviation), after))
    all.unshift(after)
  }
  return concat(all, 1)
}
