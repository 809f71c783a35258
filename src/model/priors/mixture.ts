import * as z from 'zod/mini'
import { logSoftmax } from '../../graph/ops/softmax.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { definePrior } from './prior.ts'

/** Means start uniform within ±1.5, as wide as N(0, I) about: components that start alike would stay alike. */
const SPREAD = 1.5

/** A mixture of diagonal Gaussians whose weights, means and variances are learned with the model. */
export const mixture = definePrior({
  name: 'mixture',
  summary: 'a mixture of diagonal Gaussians, learned with the model',
  paper: 'Tomczak & Welling 2018, which calls it MoG',
  options: z.strictObject({
    components: z._default(
      z.int().check(z.positive(), z.maximum(10_000), z.describe('Gaussians in the mixture')),
      10,
    ),
  }),
  formula: ({ components }) => `Σₖ πₖ N(μₖ, σₖ²), k = 1 … ${components}, learned`,
  needs: 'draws',
  components({ latent, layers }, { components }) {
    const declare = layers('')
    return {
      mean: declare('means', [components, latent], SPREAD),
      logVariance: boundLogVariance(declare('logVariances', [components, latent], 0)),
      logWeight: logSoftmax(declare('logits', [components], 0)),
    }
  },
})
