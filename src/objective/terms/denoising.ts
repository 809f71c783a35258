import * as z from 'zod/mini'
import { concrete } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { greater } from '../../graph/ops/compare.ts'
import { mul } from '../../graph/ops/mul.ts'
import { where } from '../../graph/ops/where.ts'
import { defineTerm, tidy } from '../term.ts'

const options = z.strictObject({
  kind: z._default(
    z
      .enum(['gaussian', 'masking'])
      .check(
        z.describe('gaussian: adds noise of standard deviation σ; masking: sets a share σ of entries to 0'),
      ),
    'gaussian',
  ),
})
type Kind = z.infer<typeof options>['kind']

/** What each corruption does, as text and as a prior. */
const words: Record<Kind, { readonly formula: string; readonly reading: (sigma: number) => string }> = {
  gaussian: {
    formula: 'x̃ = x + σ·ε, ε ~ N(0, I)',
    reading: (sigma) =>
      `prior on slow changes of the reconstruction: for small σ = ${tidy(sigma)} it adds (σ²/2)·‖∂x̂/∂x‖² = ${tidy(sigma ** 2 / 2)}·‖∂x̂/∂x‖² to a Gaussian likelihood of variance 1 (Tikhonov; Bishop 1995)`,
  },
  masking: {
    formula: 'x̃ = x ⊙ m, m ~ Bernoulli(1 − σ)',
    reading: (share) =>
      `every entry is hidden with probability ${tidy(share)} and must be guessed from the others: favors codes of what entries share`,
  },
}

/**
 * Shows the encoder x̃ instead of x while training; the reconstruction is still of x. Vincent et al. 2008 and 2010.
 *
 * The weight is the strength: σ in model units for Gaussian noise, the share of entries set to 0 for masking.
 */
export const denoising = defineTerm({
  name: 'denoising',
  on: 'input',
  summary: 'corruption of what the encoder sees while training (denoising autoencoder)',
  paper: 'Vincent et al. 2010; Bishop 1995',
  option: 'noise',
  symbol: 'σ',
  defaultWeight: 0.25,
  options,
  greatestWeight: ({ kind }) => (kind === 'masking' ? 1 : undefined),
  formula: ({ kind }) => words[kind].formula,
  corrupt(x, strength, { draw }, { kind }) {
    const shape = concrete(x.shape, 'input noise')
    return kind === 'gaussian'
      ? add(x, mul(draw('noise', 'normal', shape), strength))
      : where(greater(strength, draw('mask', 'uniform', shape)), 0, x)
  },
  reading: (strength, { kind }) =>
    strength === 0 ? 'off: the encoder sees the example itself' : words[kind].reading(strength),
})
