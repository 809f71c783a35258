import { isPart } from '../base/parts.ts'
import type { LatentNeed } from '../model/distributions/latent.ts'
import type { ModelSpec } from '../model/spec.ts'
import type { Term } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { smallOptions } from './small-options.ts'
import { type ToyWorld, toyWorld } from './toy-world.ts'

interface Code {
  readonly latent: Partial<ModelSpec['latent']> & { readonly name: string }
  readonly prior?: ModelSpec['prior']
}

const gaussian: Code = { latent: { name: 'gaussian', draws: 2 } }

/** Codes that have what a term may need. */
const codesWith: Readonly<Record<LatentNeed, Code>> = {
  draws: gaussian,
  gaussian,
  relaxes: { latent: { name: 'categorical', size: 6, levels: 3 }, prior: { name: 'uniform' } },
  rounds: { latent: { name: 'vq', size: 4, entries: 3, dimensions: 2 }, prior: { name: 'uniform' } },
  mixed: { latent: { name: 'joint', size: 4, levels: 2 }, prior: { name: 'joint' } },
}

/** A toy model for each kind of code that a term can sit on, with the term in its objective. */
export function termWorlds(term: Term): { readonly latent: string; readonly world: ToyWorld }[] {
  const brought = isPart(term) && !allTerms.some(({ name }) => name === term.name) ? [term] : []
  const codes = term.needs ? [codesWith[term.needs]] : [gaussian, { latent: { name: 'deterministic' } }]
  const own = { ...smallOptions(term.options), term: term.name, weight: 0.5 }
  // Codes that nothing smooths have gradients of another function.
  const smooth = term.needs === 'mixed' ? [{ term: 'relaxation', weight: 0.7 }] : []
  return codes.map((code) => ({
    latent: code.latent.name,
    world: toyWorld({ ...code, terms: [own, ...smooth], parts: brought }),
  }))
}
