import { complete } from '../base/late.ts'
import { type Bearer, BROUGHT } from '../base/parts.ts'
import type { TermSpec } from './spec.ts'
import { allTerms } from './terms/index.ts'

/** Loads the terms that few objectives have, where this one names some of them or parts were brought. */
export async function loadTerms(
  terms: readonly TermSpec[],
  { [BROUGHT]: brought }: Bearer = {},
): Promise<void> {
  const areHere = terms.every(({ term }) => allTerms.some(({ name }) => name === term))
  if (!areHere || (brought?.parts.length ?? 0) > 0) await loadRareTerms()
}

/** Loads all terms. */
export async function loadRareTerms(): Promise<void> {
  const { rareTerms } = await import('./terms/rare.ts')
  complete(allTerms, rareTerms)
}
