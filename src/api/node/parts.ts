import type { Part } from '../../base/parts.ts'
import { partsOf, type WithParts } from '../../recipe/bring.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import { recordedParts } from '../../runs/node/load-parts.ts'
import { openRun, type RunDirectory } from '../../runs/node/store.ts'

/** Opens a run with the parts given and those of the modules that its recipe remembers. Errors: `parts/…`. */
export async function openRunWith(path: string, { parts: given = [] }: WithParts): Promise<RunDirectory> {
  const { recipe } = await openRun(path)
  if (!recipe.parts && given.length === 0) return openRun(path)
  const known = await recordedParts(recipe.parts ?? [], { given, folder: path })
  return openRun(path, [...given, ...known])
}

/** The parts of a recipe of ours: those that it carries, or, where it came as plain data, those that it remembers. */
export async function partsAtHand(recipe: Recipe): Promise<readonly Part[]> {
  const carried = partsOf(recipe)
  return carried.length > 0 ? carried : recordedParts(recipe.parts ?? [], { given: [] })
}
