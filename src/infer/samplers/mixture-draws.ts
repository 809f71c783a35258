import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, fillUniform, streams } from '../../base/random.ts'

const CHOICE_STEP = 0
const NOISE_STEP = 1

export interface MixtureDraws {
  readonly count: number
  readonly latent: number
  readonly seed: number
  /** They sum to 1. */
  readonly weights: ArrayLike<number>
}

/** Turns standard normal `noise` into a draw of a component, in place. */
export type PlaceDraw = (noise: Float32Array, component: number) => void

/** Draws from a mixture of Gaussians [count, latent]: a component by its weight, then `place` of normal noise. */
export function drawMixture(
  { count, latent, seed, weights }: MixtureDraws,
  place: PlaceDraw,
): NDArray<Float32Array> {
  const draw = { seed, stream: streams.sampler }
  const choices = fillUniform(new Float32Array(count), { ...draw, step: CHOICE_STEP })
  const data = fillNormal(new Float32Array(count * latent), { ...draw, step: NOISE_STEP })
  for (let row = 0; row < count; row++)
    place(data.subarray(row * latent, (row + 1) * latent), pick(weights, choices[row]))
  return { data, shape: [count, latent] }
}

/** The component at share `u` of the total weight. */
export function pick(weights: ArrayLike<number>, u: number, total = 1): number {
  let left = u * total
  let last = 0
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] <= 0) continue
    last = k
    left -= weights[k]
    if (left < 0) return k
  }
  return last
}
