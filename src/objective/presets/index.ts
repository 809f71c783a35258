/** Every preset. To add one: an entry in a file here; a new file is a line in the list. */
import { bounds } from './bounds.ts'
import { discrete } from './discrete.ts'
import { independence } from './independence.ts'
import { likelihoods } from './likelihoods.ts'
import { plain } from './plain.ts'
import { posteriors } from './posteriors.ts'
import type { Preset } from './preset.ts'
import { rate } from './rate.ts'

const house = [
  ...plain,
  ...rate,
  ...independence,
  ...bounds,
  ...likelihoods,
  ...posteriors,
  ...discrete,
] as const

/** One of the house's own, with its name in its type. */
export type HousePreset = (typeof house)[number]

/** Every objective that has a name. */
export const allPresets: readonly Preset[] = house
