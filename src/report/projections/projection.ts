import type { NDArray } from '../../base/arrays.ts'

/** Codes as places in a plane. @inline */
export interface Projected {
  /** [n, 2]. */
  readonly points: NDArray<Float64Array>
  /** What each axis is. */
  readonly axes: readonly [string, string]
}

/** A way to lay codes of more than two dimensions out in a plane. */
export interface Projection {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  /** Codes [n, latent] with latent above 2. */
  project(codes: NDArray): Projected | Promise<Projected>
}
