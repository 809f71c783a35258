import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { square, sumPerExample } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { autoregression, type Expect, type Expected, hiddenOption, stepsOption } from './autoregression.ts'
import { definePrior } from './prior.ts'

/**
 * Inverse autoregressive flow: zᵢ = μᵢ + σᵢuᵢ, where μᵢ and σᵢ depend on the noise u₁ … uᵢ₋₁, so that log p(z) =
 * log N(u; 0, I) − Σ log σᵢ. Kingma et al. 2016; Papamakarios et al. 2017, §3.3.
 *
 * A draw takes one pass. Its density takes as many as a code has dimensions for each step: each settles one more.
 */
export const iaf = definePrior({
  name: 'iaf',
  summary:
    'an inverse autoregressive flow, learned with the model: drawn in one pass, slow to learn in wide codes',
  paper: 'Kingma et al. 2016; Papamakarios et al. 2017, section 3.3',
  // The posterior of this name has steps of its own.
  options: z.strictObject({ priorSteps: stepsOption, priorHidden: hiddenOption }),
  formula: ({ priorSteps }) => `IAF(${priorSteps} steps), learned`,
  needs: 'draws',
  density: ({ layers }, { priorSteps, priorHidden }) => {
    const expected = autoregression(priorHidden, layers)
    const order = Array.from({ length: priorSteps }, (_, step) => step)
    return {
      logDensity(code) {
        let noise = code
        let logDensity: Tensor | undefined
        for (const step of order.toReversed()) {
          const found = invert(noise, step, expected)
          noise = found.noise
          const shrinkage = neg(sumPerExample(found.logDeviation))
          logDensity = logDensity ? add(logDensity, shrinkage) : shrinkage
        }
        return add(mul(sumPerExample(add(square(noise), LOG_TWO_PI)), -0.5), logDensity as Tensor)
      },
      step: (noise) =>
        order.reduce((moved, step) => {
          const { mean, logDeviation } = expected(moved, step)
          return add(mean, mul(exp(logDeviation), moved))
        }, noise),
    }
  },
})

/** The noise that one step made codes of, and log σ of each dimension there. */
function invert(code: Tensor, step: number, expected: Expect) {
  let noise = code
  let found: Expected | undefined
  for (let pass = 0; pass < (code.shape[1] as number); pass++) {
    found = expected(noise, step)
    noise = mul(sub(code, found.mean), exp(neg(found.logDeviation)))
  }
  return { noise, logDeviation: (found as Expected).logDeviation }
}
