import type { Evaluation } from '../../evaluate/evaluation.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import type { LoggedEvent } from '../../runs/journal.ts'
import type { Environment } from '../input.ts'

/** One of the runs that are compared. */
export interface ComparedRun {
  /** Its folder, as it was given. */
  readonly name: string
  /** Name of its data set. */
  readonly data: string
  readonly recipe: Recipe
  /** Its log. */
  readonly events: readonly LoggedEvent[]
  readonly evaluation: Evaluation
}

/** All that a comparison is made of. */
export interface ComparisonInput {
  readonly runs: readonly [ComparedRun, ComparedRun]
  /** What to type to get this page again. */
  readonly command: string
  readonly environment: Environment
}
