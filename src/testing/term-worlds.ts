import * as z from 'zod/mini'
import { isPart } from '../base/parts.ts'
import type { Term } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { type ToyWorld, toyWorld } from './toy-world.ts'

/** Sizes among options are held to this: differences are taken by every single parameter. */
const MOST = 4

/** Default options with sizes held small. */
export const smallOptions = (options: z.core.$ZodType): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(z.parse(options, {}) as object).map(([key, value]) => [
      key,
      Number.isInteger(value) && value > MOST ? MOST : value,
    ]),
  )

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
