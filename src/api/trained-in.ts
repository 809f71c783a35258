import { KIND, type Part } from '../base/parts.ts'
import { readWeights } from '../export/weights.ts'
import { partsOf } from '../recipe/bring.ts'
import { bringing } from '../recipe/bringing.ts'
import { loadRecipe } from '../recipe/load.ts'
import type { Trained } from '../recipe/trained.ts'
import { type Found, inWeights } from './found.ts'

/** All of it, the recipe included, whose names lead to `parts`, too. Errors: those of `readWeights`. */
export async function trainedIn(found: Found, parts: readonly Part[] = []): Promise<Trained> {
  if ('bytes' in found)
    return inWeights(found, () => readWeights(found.bytes, together(found.parts ?? [], parts)))
  const { recipe } = found
  const brought = parts.length > 0 ? bringing(recipe, together(partsOf(recipe), parts)) : recipe
  await loadRecipe(brought)
  return { ...found, recipe: brought }
}

/** Parts that are known, and those that come now: of one kind and name the later. */
function together(known: readonly Part[], parts: readonly Part[]): readonly Part[] {
  const isGiven = (own: Part) => parts.some((part) => part[KIND] === own[KIND] && part.name === own.name)
  return [...known.filter((own) => !isGiven(own)), ...parts]
}
