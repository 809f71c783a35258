import { allTerms, type Dataset, preview, type RecipeDraft, registered, type Term } from '../../../inside.ts'
import type { Explained } from '../protocol.ts'

/** What a draft comes to with data. */
export async function explained(draft: RecipeDraft, dataset: Dataset): Promise<Explained> {
  const { recipe, ledger, parameters, stepsPerEpoch, warnings } = await preview(draft, dataset)
  const terms = registered('term', allTerms, recipe.model)
  return {
    ...{ recipe, ledger, parameters, stepsPerEpoch },
    weights: recipe.objective.terms.map((spec) => {
      // What a recipe names is there once it was completed.
      const { symbol, defaultWeight: usual } = terms.find(({ name }) => name === spec.term) as Term
      return { symbol, usual }
    }),
    warnings: warnings.map(({ message }) => message),
  }
}
