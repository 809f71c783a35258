import * as z from 'zod/mini'
import { constant } from '../../graph/ops/constant.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { definePrior } from './prior.ts'

/** Where pseudo-inputs start: logits of entries in [0, 1], from near black to near white. */
const LOGIT_SPREAD = 3
/** Where they start otherwise: as wide as standardized data. */
const SPREAD = Math.sqrt(3)

/**
 * VampPrior: the posteriors of K learned pseudo-inputs u, p(z) = (1/K) Σₖ q(z|uₖ). Tomczak & Welling 2018, eq. 9.
 *
 * Pseudo-inputs are in model units [K, ...exampleShape]; where data lie in [0, 1], a sigmoid keeps them there.
 */
export const vamp = definePrior({
  name: 'vamp',
  summary: 'VampPrior: the average posterior of learned pseudo-inputs',
  paper: 'Tomczak & Welling 2018, eq. 9',
  options: z.strictObject({
    components: z._default(
      z
        .int()
        .check(z.positive(), z.maximum(10_000), z.describe('pseudo-inputs; each is encoded at every step')),
      100,
    ),
  }),
  formula: ({ components }) => `(1/${components}) Σₖ q(z|uₖ), u learned`,
  needs: 'gaussian',
  components({ exampleShape, layers, unitInterval, encode }, { components }) {
    const bound = unitInterval ? LOGIT_SPREAD : SPREAD
    const pseudoInputs = layers('')('pseudoInputs', [components, ...exampleShape], bound)
    const { mean, logVariance } = encode(unitInterval ? sigmoid(pseudoInputs) : pseudoInputs)
    return { mean, logVariance, logWeight: constant(-Math.log(components), [components]) }
  },
})
