import { complete } from '../base/late.ts'
import { type Bearer, BROUGHT } from '../base/parts.ts'
import { allArchitectures } from './architectures/index.ts'
import { allLatents } from './distributions/index.ts'
import { allLikelihoods } from './likelihoods/index.ts'
import { allPriors } from './priors/index.ts'

interface Named {
  readonly name?: string
}

/** What a model is made of, by the names alone; where it is not said it is usual. */
export interface NamedKinds extends Bearer {
  readonly architecture?: Named
  readonly latent?: Named
  readonly prior?: Named
  readonly likelihood?: Named
}

/**
 * Loads what few models have, where this one names some of it: all else that is asked of a model is answered at once then.
 * Beside parts that were brought it is loaded, too, so that no name means two things.
 */
export async function loadKinds({
  architecture,
  latent,
  prior,
  likelihood,
  [BROUGHT]: brought,
}: NamedKinds): Promise<void> {
  const isHere =
    isAmong(allArchitectures, architecture) &&
    isAmong(allLatents, latent) &&
    isAmong(allPriors, prior) &&
    isAmong(allLikelihoods, likelihood)
  if (!isHere || (brought?.parts.length ?? 0) > 0) await loadRareKinds()
}

const isAmong = (all: readonly Named[], { name }: Named = {}): boolean =>
  name === undefined || all.some((own) => own.name === name)

/** Loads all kinds of networks, codes, priors and likelihoods. */
export async function loadRareKinds(): Promise<void> {
  const { rareArchitectures, rareLatents, rarePriors, rareLikelihoods } = await import('./rare.ts')
  complete(allArchitectures, rareArchitectures)
  complete(allLatents, rareLatents)
  complete(allPriors, rarePriors)
  complete(allLikelihoods, rareLikelihoods)
}
