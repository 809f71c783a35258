import { architectures, everyPart, likelihoods, presets, priors, projections } from '../../../inside.ts'
import type { Choice, ModelChoices, Vocabulary } from '../protocol.ts'
import { bundled } from './data/bundled.ts'
import type { Engines } from './engines.ts'

const choices = (all: readonly Choice[]): Choice[] => all.map(({ name, summary }) => ({ name, summary }))

/** Architectures without those for windows of rows, which pages do not train. */
const ofPages = (): Choice[] => choices(architectures.filter(({ readsWindows }) => !readsWindows))

/** What the library registers, for the page to choose from. */
export async function vocabularyOf(engines: Engines): Promise<Vocabulary> {
  return {
    data: choices(bundled),
    presets: presets.map(({ name, summary, paper, terms }) => ({
      name,
      summary,
      terms,
      ...(paper ? { paper } : {}),
    })),
    architectures: ofPages(),
    projections: choices(projections),
    engines: await engines.choices(),
  }
}

/** The rest of it, which is loaded for that. */
export async function modelChoices(): Promise<ModelChoices> {
  await everyPart()
  return {
    architectures: ofPages(),
    likelihoods: choices(likelihoods),
    priors: choices(priors),
  }
}
