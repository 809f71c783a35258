import type * as z from 'zod'
import { weightedTerm } from '../objective/objective.ts'
import type { Term } from '../objective/term.ts'
import { type ToyWorld, toyWorld } from './toy-world.ts'

/** Sizes among options are held to this: differences are taken by every single parameter. */
const MOST = 4

/** Default options with sizes held small. */
export const smallOptions = (options: z.ZodType): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options.parse({}) as object).map(([key, value]) => [
      key,
      Number.isInteger(value) && value > MOST ? MOST : value,
    ]),
  )

/** A toy model for each kind of code that a term can sit on, with the term in its objective. */
export const termWorlds = (term: Term): { readonly latent: string; readonly world: ToyWorld }[] =>
  (term.needs ? ['gaussian'] : ['gaussian', 'deterministic']).map((latent) => ({
    latent,
    world: toyWorld({
      latent,
      draws: latent === 'gaussian' ? 2 : 1,
      own: [weightedTerm(term, term.options.parse(smallOptions(term.options)), 0.5)],
    }),
  }))
