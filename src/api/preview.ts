import type { Warning } from '../base/warning.ts'
import type { Dataset } from '../data/dataset.ts'
import { explain, type Ledger } from '../objective/ledger.ts'
import type { WithParts } from '../recipe/bring.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { checkDraft, draftFor } from '../recipe/draft.ts'
import type { DatasetDraft, Recipe } from '../recipe/recipe.ts'
import { prepare } from './prepare.ts'

/** What a training would be. */
export interface Preview {
  readonly recipe: Recipe
  readonly ledger: Ledger
  /** Numbers that the model learns. */
  readonly parameters: number
  readonly stepsPerEpoch: number
  readonly examples: { readonly train: number; readonly validation: number }
  /** What is allowed but probably not meant. */
  readonly warnings: readonly Warning[]
}

/** Completes a draft from its data and checks it as a training would, with the same errors; nothing is run. */
export async function preview(
  draft: DatasetDraft,
  dataset: Dataset,
  { parts }: WithParts = {},
): Promise<Preview> {
  const recipe = completeRecipe(checkDraft(draftFor(draft, dataset)), dataset, parts)
  const { plan, layouts } = await prepare(recipe, dataset)
  const { train, validation, example, batches, warnings } = plan
  return {
    recipe,
    ledger: explain(recipe.objective, recipe.model, example, train.indices.length),
    parameters: layouts[0].size,
    stepsPerEpoch: batches.stepsPerEpoch,
    examples: { train: train.indices.length, validation: validation.indices.length },
    warnings,
  }
}
