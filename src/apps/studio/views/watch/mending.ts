import type { Diagnosis, Recipe } from '../../../../inside.ts'
import { session } from '../../session/session.svelte.ts'
import { place } from '../../session/url.svelte.ts'
import { draft } from '../train/draft.svelte.ts'

/** What a person may do about the worst finding of a training: change what ails it, and train again on the open data. */
export function waysOut(
  recipe: Recipe | undefined,
  diagnosis: Diagnosis | undefined,
): readonly { readonly label: string; readonly run: () => void }[] {
  const mend = diagnosis?.healthy === false ? diagnosis.findings[0]?.mend : undefined
  if (!recipe || !mend || session.isTraining || session.data?.name !== recipe.data.source) return []
  const again = async () => {
    place.go('train')
    await draft.mend(recipe, mend)
  }
  return [{ label: 'Mend it and train again', run: () => void again() }]
}
