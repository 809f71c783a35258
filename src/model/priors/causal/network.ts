import type { Tensor } from '../../../graph/tensor.ts'
import type { ImageSize } from '../../layers/spatial.ts'
import type { Layers } from '../../parameters.ts'

/** How large a causal network is. @inline */
export interface CausalSize {
  /** Units of a hidden layer; of an image, channels. */
  readonly hidden: number
  /** Hidden layers after the first. */
  readonly depth: number
  /** Numbers that a level is embedded in. */
  readonly embedding: number
}

/** What is said of each variable by those before it: from embedded levels [rows, variables · embedding] to the same shape. */
export type CausalNetwork = (embedded: Tensor, size: CausalSize, layers: Layers) => Tensor

/** Of variables at the places of an image. */
export type CausalImageNetwork = (
  embedded: Tensor,
  places: ImageSize,
  size: CausalSize,
  layers: Layers,
) => Tensor
