import { loadRareKinds } from '../model/load-kinds.ts'
import { loadRareTerms } from './load-terms.ts'

/** Loads all that the house has, for whoever lists or tries it. */
export async function everyPart(): Promise<void> {
  await Promise.all([loadRareKinds(), loadRareTerms()])
}
