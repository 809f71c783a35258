import { broughtBy, type Part } from '../base/parts.ts'
import { withKinds } from '../data/tables/schema.ts'
import { bringingModel } from './bring.ts'
import type { Recipe } from './recipe.ts'

/** A recipe whose names lead to these parts, too: those of its model, and the kinds of its table's columns. */
export function bringing(recipe: Recipe, parts: readonly Part[]): Recipe {
  const { table, given } = recipe.data
  const brought = bringingModel(recipe, parts)
  if (!table) return brought
  const bearer = broughtBy(parts, recipe.parts)
  return {
    ...brought,
    data: {
      ...recipe.data,
      table: withKinds(table, bearer),
      ...(given && { given: withKinds(given, bearer) }),
    },
  }
}
