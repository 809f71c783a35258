import type { Part } from '../base/parts.ts'
import type { Warning } from '../base/warning.ts'
import type { Dataset } from '../data/dataset.ts'
import { explain, type Ledger } from '../objective/ledger.ts'
import type { WithParts } from '../recipe/bring.ts'
import { completeRecipe, loadDraft } from '../recipe/complete.ts'
import { type AnyDraft, checkDraft, draftFor } from '../recipe/draft.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { CheckedRecipe, DraftBeside } from '../recipe/typed-draft.ts'
import { prepare } from './prepare.ts'

/** What a training would do, told without running it. */
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

/** `preview` as its types know drafts. @inline */
export type PreviewDraft = {
  <const Parts extends readonly Part[] = readonly []>(
    draft: DraftBeside<Parts>,
    dataset: Dataset,
    options?: WithParts<Parts>,
  ): Promise<Preview>
  (recipe: CheckedRecipe, dataset: Dataset, options?: WithParts): Promise<Preview>
}

/** The same for drafts as plain data. */
export async function preview(
  draft: AnyDraft,
  dataset: Dataset,
  { parts }: WithParts = {},
): Promise<Preview> {
  const checked = checkDraft(draftFor(draft, dataset))
  await loadDraft(checked, dataset, parts)
  const recipe = completeRecipe(checked, dataset, parts)
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
