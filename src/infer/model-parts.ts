import type { Feeds } from '../engine/engine.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import type { ModelSpec } from '../model/spec.ts'

/** Name under which a trained model keeps codes of its training examples. */
export const CODES = 'codes'

/** Name under which the conditions of these examples stand beside them, row by row. */
export const CONDITIONS = 'conditions'

/** A trained model's numbers and what they belong to. */
export interface ModelParts {
  readonly spec: ModelSpec
  readonly example: ExampleType
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Feeds
  /** Whether codes were held to the prior while training. */
  readonly hasPrior: boolean
}
