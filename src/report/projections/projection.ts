import type { NDArray } from '../../base/arrays.ts'
import { type Part, part } from '../../base/parts.ts'

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

/** Makes a projection; its name becomes part of its type. */
export const defineProjection = <const Name extends string>(
  own: Projection & { readonly name: Name },
): Projection & { readonly name: Name } & Part<'projection'> => part('projection', own)
