import type { NDArray } from '../base/arrays.ts'
import type { ByCondition } from './by-condition.ts'
import type { Range } from './grid.ts'
import type { LatentMap } from './map/latent-map.ts'

/** How examples are shown: as images, or as tables whose columns have names and units of their own. */
export type Medium =
  | { readonly kind: 'image'; readonly range: Range }
  | {
      readonly kind: 'table'
      /** Which numbers of a row are shown: of an encoded table those of its cells, not whether they are known. */
      readonly slots: readonly number[]
      /** Names of these. */
      readonly columns: readonly string[]
      /** What held-out data span in each column. */
      readonly ranges: readonly Range[]
      /** Held-out rows to compare samples with [n, features]. */
      readonly reference: NDArray
    }

/** One code dimension moved, the others held. */
export interface Traversal {
  readonly dimension: number
  /** Mean KL in nats; absent where the latent is deterministic. */
  readonly kl?: number
  /** Standard deviation of the code over held-out data. */
  readonly deviation: number
  /** [positions, ...exampleShape]. */
  readonly rows: NDArray
}

/** What a trained model makes, in the data's own units. */
export interface Pictures {
  readonly medium: Medium
  readonly originals: NDArray
  /** Decoded posterior means of `originals`. */
  readonly reconstructions: NDArray
  readonly samples: NDArray
  /** Name of the sampler: `prior`, the model's own; `gmm`, Gaussians fitted to its codes, where nothing held those to a prior; or what the recipe says. */
  readonly samplesFrom: string
  /** Strongest dimension first. */
  readonly traversals: readonly Traversal[]
  /** Steps of every traversal: code units from the origin of N(0, I), or standard deviations from the mean code. */
  readonly positions: readonly number[]
  /** Each [steps, ...exampleShape], from one held-out example to another. */
  readonly interpolations: readonly NDArray[]
  /** Absent where the code has one dimension. */
  readonly map?: LatentMap
  /** Absent where the model is given no levels. */
  readonly byCondition?: ByCondition
  /** Images decoded on a grid over a code of two dimensions. */
  readonly manifold?: NDArray
}
