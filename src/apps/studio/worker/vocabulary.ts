import {
  allTerms,
  architectures,
  latents,
  likelihoods,
  optimizers,
  presets,
  priors,
  projections,
} from '../../../inside.ts'
import type { Choice, Vocabulary } from '../protocol.ts'
import { bundled } from './data/bundled.ts'
import type { Engines } from './engines.ts'

const choices = (all: readonly Choice[]): Choice[] => all.map(({ name, summary }) => ({ name, summary }))

/** Everything that the library registers, for the page to choose from. */
export async function vocabularyOf(engines: Engines): Promise<Vocabulary> {
  return {
    data: choices(bundled),
    presets: presets.map(({ name, summary, paper, terms }) => ({
      name,
      summary,
      terms,
      ...(paper ? { paper } : {}),
    })),
    terms: allTerms.map(({ name, summary, symbol, defaultWeight, paper, rate }) => ({
      name,
      summary,
      symbol,
      defaultWeight,
      isRate: rate !== undefined,
      ...(paper ? { paper } : {}),
    })),
    architectures: choices(architectures),
    likelihoods: choices(likelihoods),
    priors: choices(priors),
    latents: choices(latents),
    optimizers: choices(optimizers),
    projections: choices(projections),
    engines: await engines.choices(),
  }
}
