import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import type { GivenRows } from './given.ts'
import type { Model } from './model.ts'
import { spreadSources } from './samplers/spread.ts'

/** What steps of a traversal count: standard deviations of the prior, of codes of the data, or of one posterior. */
export const traversalUnits = [...spreadSources, 'posterior'] as const
export type TraversalUnit = (typeof traversalUnits)[number]

/** Where a traversal starts, and how long its steps are in every dimension. */
export interface TraversalFrame {
  readonly unit: TraversalUnit
  /** The code that is held where it is not moved [latent]. */
  readonly base: Float64Array
  /** Position 0 of each dimension [latent]. */
  readonly center: Float64Array
  /** Position 1 less position 0 [latent]. */
  readonly step: Float64Array
}

export interface FrameOptions {
  /** One example [1, ...exampleShape] whose code is held; without it the mean of the prior, or of the codes. */
  readonly example?: NDArray | undefined
  /** What a conditional model is given of the example. */
  readonly condition?: GivenRows | undefined
  /** Default: `prior`, or `codes` where nothing held those to one. */
  readonly unit?: TraversalUnit
}

/**
 * The frame of a traversal: position p of dimension d is the code `base` with entry d at center[d] + p · step[d].
 *
 * Errors: `infer/unit` (usage) for steps of a posterior without an example or without a Gaussian posterior; those of
 * `spread`.
 */
export async function traversalFrame(
  model: Pick<Model, 'hasPrior' | 'encode' | 'spread'>,
  { example, condition, unit = model.hasPrior ? 'prior' : 'codes' }: FrameOptions = {},
): Promise<TraversalFrame> {
  const encoded = example && (await model.encode(example, { condition }))
  const base = encoded && Float64Array.from(encoded.mean.data)
  if (unit === 'posterior') {
    if (!base) return refuseTraversal('steps of a posterior without an example', 'choose one with --example')
    if (!encoded.logVariance)
      return refuseTraversal('steps of a posterior in a model without Gaussian ones', 'write --unit codes')
    const step = Float64Array.from(encoded.logVariance.data, (nats) => Math.exp(nats / 2))
    return { unit, base, center: base, step }
  }
  const { mean, deviation } = await model.spread(unit)
  return { unit, base: base ?? mean, center: mean, step: deviation }
}

/** Codes of one dimension at some positions. */
export const placesAlong = (
  { center, step }: TraversalFrame,
  dimension: number,
  positions: readonly number[],
): number[] => positions.map((position) => center[dimension] + position * step[dimension])

function refuseTraversal(seen: string, fix: string): never {
  return fail({
    code: 'infer/unit',
    seen,
    wanted: 'the posterior N(μ, σ²) of one example',
    fix,
    usage: true,
  })
}
