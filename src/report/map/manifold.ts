import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { normalQuantile } from '../../base/random.ts'
import type { CallOptions, Model } from '../../infer/model.ts'

/** Images in a row and in a column. */
export const MANIFOLD_SIDE = 20

/**
 * What a code of two dimensions decodes to, on a grid in steps of equal probability, of the prior or of Gaussians as
 * wide as the codes:
 * [20 · 20, ...exampleShape], z0 to the right and z1 upward, given the most usual condition where there is one. Kingma & Welling 2014, figure 4.
 *
 * Error: `map/manifold` (usage) where the code does not have two dimensions.
 */
export async function manifold(
  model: Pick<Model, 'latent' | 'spread' | 'decode'>,
  options: CallOptions = {},
): Promise<NDArray> {
  if (model.latent !== 2)
    return fail({
      code: 'map/manifold',
      seen: `a grid over a code of ${model.latent} dimensions`,
      wanted: 'a code of two',
      fix: 'train with --latent 2, or look along single dimensions with: betavae traverse',
      usage: true,
    })
  const { mean, deviation } = await model.spread()
  const place = (dimension: number, step: number): number =>
    mean[dimension] + deviation[dimension] * normalQuantile((step + 0.5) / MANIFOLD_SIDE)
  const codes = new Float32Array(2 * MANIFOLD_SIDE ** 2)
  for (let row = 0; row < MANIFOLD_SIDE; row++)
    for (let column = 0; column < MANIFOLD_SIDE; column++)
      codes.set([place(0, column), place(1, MANIFOLD_SIDE - 1 - row)], 2 * (row * MANIFOLD_SIDE + column))
  return model.decode({ data: codes, shape: [MANIFOLD_SIDE ** 2, 2] }, { where: {}, ...options })
}
