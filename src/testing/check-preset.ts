import type { Part } from '../base/parts.ts'
import type { Preset } from '../objective/presets/preset.ts'
import { type Flaw, flawsOf } from './flaw.ts'
import { toyWorld } from './toy-world.ts'
import { wordsFlaws } from './words.ts'

/** Whether the terms of a preset go together, and with the model that it asks for; `parts` are what its names need. */
export const checkPreset = (preset: Preset, parts: readonly Part[] = []): Promise<readonly Flaw[]> =>
  flawsOf('terms', async () => {
    const { draws = 1, ...latent } = preset.latent
    toyWorld({
      ...{ terms: preset.terms, latent: { ...latent, draws }, parts },
      ...(preset.prior && { prior: preset.prior }),
      ...(preset.condition && {
        condition: preset.condition.map((name) => ({ name, levels: [0, 1] })),
      }),
      ...(preset.likelihood && { likelihood: preset.likelihood }),
    })
    return wordsFlaws(preset)
  })
