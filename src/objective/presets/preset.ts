import { type Part, part } from '../../base/parts.ts'
import type { ModelSpec } from '../../model/spec.ts'
import type { TermSpec } from '../spec.ts'

/** A named choice of terms, and of what they need of the model; whatever a user says comes before it. @inline */
export interface Preset {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  /** Kind of code and its options. */
  readonly latent: Partial<ModelSpec['latent']> & Pick<ModelSpec['latent'], 'name'>
  /** So many dimensions of the code at most, where nobody says how many. */
  readonly mostDimensions?: number
  readonly prior?: ModelSpec['prior']
  readonly likelihood?: ModelSpec['likelihood']
  /** What of the data the model is given, where nobody says. */
  readonly condition?: readonly string[]
  /** Where codes of samples come from. */
  readonly sampler?: string
  readonly terms: readonly TermSpec[]
}

/** The code of most presets. */
export const gaussian = { name: 'gaussian' }

/**
 * Makes a preset that can be brought to a training; its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { definePreset } from 'betavae/graph'
 *
 * const gentle = definePreset({
 *   name: 'gentle',
 *   summary: 'a VAE with a cheap code',
 *   latent: { name: 'gaussian' },
 *   terms: [{ term: 'kl', weight: 0.1 }],
 * })
 * const draft = { data: { source: 'digits' }, objective: { name: 'gentle' }, training: { steps: 5 } } as const
 * console.log((await train(draft, { parts: [gentle] })).trained.recipe.objective.name)
 * ```
 */
export const definePreset = <const Name extends string>(
  preset: Preset & { readonly name: Name },
): Preset & { readonly name: Name } & Part<'preset'> => part('preset', preset)
