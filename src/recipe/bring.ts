import { BROUGHT, broughtBy, KIND, type Part, type PartRecord, recordOf } from '../base/parts.ts'
import { withKinds } from '../data/tables/schema.ts'
import type { Recipe } from './recipe.ts'

/** What may be brought to a training, or to a model that was trained with it. @inline */
export interface WithParts<Parts extends readonly Part[] = readonly Part[]> {
  /** Parts of your own that names in the recipe lead to, made by `defineTerm`, `defineLikelihood`, …. */
  readonly parts?: Parts
}

/** A recipe whose names lead to these parts, too; what it was made with and is not among them is known to be missing. */
export function bringing(recipe: Recipe, parts: readonly Part[]): Recipe {
  const { [BROUGHT]: _, ...model } = recipe.model
  const { table } = recipe.data
  const bearer = broughtBy(parts, recipe.parts)
  return {
    ...recipe,
    model: { ...model, ...bearer },
    ...(table && { data: { ...recipe.data, table: withKinds(table, bearer) } }),
  }
}

/** The parts that a recipe carries. */
export const partsOf = ({ model }: Pick<Recipe, 'model'>): readonly Part[] => model[BROUGHT]?.parts ?? []

/** What a recipe is to say of its parts: those at hand, and those that it was made with before. */
export function partRecords(parts: readonly Part[], known: readonly PartRecord[] = []): PartRecord[] {
  const isAtHand = ({ kind, name }: PartRecord) =>
    parts.some((own) => own[KIND] === kind && own.name === name)
  return [...parts.map(recordOf), ...known.filter((record) => !isAtHand(record))]
}
