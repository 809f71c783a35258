import { BROUGHT, broughtBy, KIND, type Part, type PartRecord, recordOf } from '../base/parts.ts'
import type { Recipe } from './recipe.ts'

/** What may be brought to a training, or to a model that was trained with it. @inline */
export interface WithParts<Parts extends readonly Part[] = readonly Part[]> {
  /** Parts of your own that names in the recipe lead to, made by `defineTerm`, `defineLikelihood`, …. */
  readonly parts?: Parts
}

/** A recipe whose model leads to these parts, too; what it was made with and is not among them is known to be missing. */
export function bringingModel<Made extends Pick<Recipe, 'model' | 'parts'>>(
  recipe: Made,
  parts: readonly Part[],
): Made {
  const { [BROUGHT]: _, ...model } = recipe.model
  return { ...recipe, model: { ...model, ...broughtBy(parts, recipe.parts) } }
}

/** The parts that a recipe carries. */
export const partsOf = ({ model }: Pick<Recipe, 'model'>): readonly Part[] => model[BROUGHT]?.parts ?? []

/** What a recipe is to say of its parts: those at hand, and those that it was made with before. */
export function partRecords(parts: readonly Part[], known: readonly PartRecord[] = []): PartRecord[] {
  const isAtHand = ({ kind, name }: PartRecord) =>
    parts.some((own) => own[KIND] === kind && own.name === name)
  return [...parts.map(recordOf), ...known.filter((record) => !isAtHand(record))]
}
