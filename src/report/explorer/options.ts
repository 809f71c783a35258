import type { NDArray } from '../../base/arrays.ts'
import type { Unit } from '../../infer/units.ts'
import type { Coloring } from '../map/latent-map.ts'

/** What an explorer shows besides the decoder. @inline */
export interface ExplorerOptions {
  /** Any text; default: the name of the data. */
  readonly title?: string
  /** The dimensions, the strongest first, and which are active; without them all are shown, the widest first. */
  readonly units?: readonly Unit[]
  /** Codes to show in the plane [n, latent], and what colors them; default: those of training examples. */
  readonly codes?: NDArray
  readonly coloring?: Coloring
}
