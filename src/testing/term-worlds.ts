import { isPart } from '../base/parts.ts'
import type { Term } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { smallOptions } from './small-options.ts'
import { type ToyWorld, toyWorld } from './toy-world.ts'

/** A toy model for each kind of code that a term can sit on, with the term in its objective. */
export function termWorlds(term: Term): { readonly latent: string; readonly world: ToyWorld }[] {
  const brought = isPart(term) && !allTerms.some(({ name }) => name === term.name) ? [term] : []
  return (term.needs ? ['gaussian'] : ['gaussian', 'deterministic']).map((latent) => ({
    latent,
    world: toyWorld({
      latent,
      draws: latent === 'gaussian' ? 2 : 1,
      terms: [{ ...smallOptions(term.options), term: term.name, weight: 0.5 }],
      parts: brought,
    }),
  }))
}
