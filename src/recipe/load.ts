import { loadKinds } from '../model/load-kinds.ts'
import { loadTerms } from '../objective/load-terms.ts'
import type { Recipe } from './recipe.ts'

/** Loads what a complete recipe names of what few models have, so that all else can be asked of it at once. */
export async function loadRecipe({ model, objective }: Pick<Recipe, 'model' | 'objective'>): Promise<void> {
  await Promise.all([loadKinds(model), loadTerms(objective.terms, model)])
}
