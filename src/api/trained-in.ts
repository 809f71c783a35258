import { KIND, type Part } from '../base/parts.ts'
import { readWeights } from '../export/weights.ts'
import { partsOf } from '../recipe/bring.ts'
import { bringing } from '../recipe/bringing.ts'
import type { Trained } from '../recipe/trained.ts'
import { type Found, inWeights } from './found.ts'

/** All of it, the recipe included, whose names lead to `parts`, too. Errors: those of `readWeights`. */
export function trainedIn(found: Found, parts: readonly Part[] = []): Trained {
  if ('bytes' in found)
    return inWeights(found, () => readWeights(found.bytes, together(found.parts ?? [], parts)))
  const { recipe } = found
  return parts.length > 0 ? { ...found, recipe: bringing(recipe, together(partsOf(recipe), parts)) } : found
}

/** Parts that are known, and those that come now: of one kind and name the later. */
function together(known: readonly Part[], parts: readonly Part[]): readonly Part[] {
  const isGiven = (own: Part) => parts.some((part) => part[KIND] === own[KIND] && part.name === own.name)
  return [...known.filter((own) => !isGiven(own)), ...parts]
}
