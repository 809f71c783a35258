import type { NDArray } from '../base/arrays.ts'
import type { ModelParts } from '../infer/model-parts.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import { holdsToPrior } from '../objective/objective.ts'
import type { Recipe } from './recipe.ts'

/** What a model must remember of the data it was trained on. @inline */
export interface DataFacts {
  readonly name: string
  /** Training examples N. */
  readonly trainCount: number
  /** Column names of a table. */
  readonly columns?: readonly string[]
}

/** A finished training: the numbers, and all that says what they mean. */
export interface Trained {
  readonly recipe: Recipe
  readonly example: ExampleType
  readonly data: DataFacts
  /** Parameters, `data.shift` and `data.scale`, by name. */
  readonly values: Readonly<Record<string, NDArray>>
}

/** The part of a training that inference needs. */
export const modelParts = ({ recipe, example, values }: Trained): ModelParts => ({
  spec: recipe.model,
  example,
  values,
  hasPrior: holdsToPrior(recipe.objective, recipe.model),
})
