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

/**
 * Makes a projection; its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { defineProjection, latentMap } from 'betavae/pictures'
 *
 * const firstTwo = defineProjection({
 *   name: 'first-two',
 *   summary: 'the first two dimensions',
 *   project({ data, shape: [count, latent] }) {
 *     const points = Float64Array.from({ length: 2 * count }, (_, i) => data[(i >> 1) * latent + (i % 2)])
 *     return { points: { data: points, shape: [count, 2] }, axes: ['z0', 'z1'] }
 *   },
 * })
 * const codes = { data: Float32Array.from({ length: 9 }, (_, i) => i), shape: [3, 3] }
 * console.log((await latentMap(codes, { by: 'first-two', parts: [firstTwo] })).axes)
 * ```
 */
export const defineProjection = <const Name extends string>(
  own: Projection & { readonly name: Name },
): Projection & { readonly name: Name } & Part<'projection'> => part('projection', own)
