import { conditioned } from '../data/conditioned.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Rows } from '../data/examples.ts'
import { dividedBy } from '../data/split.ts'
import type { Recipe } from './recipe.ts'

/** The parts of a data set that a recipe divides it into. @inline */
export interface Splits {
  readonly train: Rows
  readonly validation: Rows
  readonly test: Rows
}

/** A data set whose rows have beside them what a model is given. Error, usage: `data/condition`. */
export const givenTo = ({ condition }: Pick<Recipe['model'], 'condition'>, dataset: Dataset): Dataset =>
  condition && !dataset.condition ? conditioned(dataset, condition) : dataset

/** Divides a data set as the recipe says; the same recipe divides it the same way everywhere. */
export function splitsOf({ data, training, model }: Recipe, given: Dataset): Splits {
  const dataset = givenTo(model, given)
  const { test, validation } = dataset
  const seed = data.splitSeed ?? training.seed
  const split = dividedBy(dataset, {
    count: dataset.count,
    hasTest: !!test,
    hasValidation: !!validation,
    ...data,
    seed,
  })
  const rows = (indices: Uint32Array): Rows => ({ dataset, indices, ownTest: false })
  const own = (part: Dataset): Rows => ({
    dataset: part,
    indices: Uint32Array.from({ length: part.count }, (_, i) => i),
    ownTest: true,
  })
  return {
    train: rows(split.train),
    validation: validation ? own(validation) : rows(split.validation),
    test: test ? own(test) : rows(split.test),
  }
}
