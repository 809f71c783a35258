import { fail } from '../base/errors.ts'
import type { Latent, LatentNeed } from './distributions/latent.ts'
import { latentOf, type SpecOf } from './spec.ts'

interface Need {
  readonly wanted: string
  isMet(latent: Latent): boolean
}

const needs: Readonly<Record<LatentNeed, Need>> = {
  draws: { wanted: 'a latent with a posterior', isMet: ({ stochastic }) => stochastic },
  gaussian: { wanted: 'a Gaussian posterior', isMet: ({ gaussian }) => gaussian },
}

interface Needy {
  readonly code: string
  /** As a complaint names it. */
  readonly subject: string
  readonly need: LatentNeed | undefined
  /** What to do but change the latent. */
  readonly otherwise: string
}

/** Refuses a model whose latent lacks what something needs. Error (usage): `code`. */
export function refuseLatentWithout(
  { code, subject, need, otherwise }: Needy,
  model: SpecOf<'latent'>,
): void {
  if (!need || needs[need].isMet(latentOf(model).kind)) return
  fail({
    code,
    seen: `${subject} over the latent "${model.latent.name}"`,
    wanted: needs[need].wanted,
    fix: `use --posterior gaussian, or ${otherwise}`,
    usage: true,
  })
}
