import type { NDArray } from '../base/arrays.ts'
import { type Draw, fillNormal, fillUniform, permutations } from '../base/random.ts'
import { type Bindings, resolveShape, type Shape, sizeOf } from '../base/shape.ts'
import type { Tensor } from '../graph/tensor.ts'

/** Standard normal, uniform on [0, 1), or in each column a permutation of the rows (whole numbers). @inline */
export type NoiseKind = 'normal' | 'uniform' | 'permutation'

/** The noise that one code needs: so many numbers of a kind. @inline */
export interface NoiseNeed {
  readonly kind: 'normal' | 'uniform'
  readonly width: number
}

/** A program input that is drawn afresh at every step. */
export interface Noise {
  readonly name: string
  readonly kind: NoiseKind
  readonly shape: Shape
  /** Its own part of the space of random numbers. */
  readonly stream: number
  readonly tensor: Tensor
}

const fills = {
  normal: fillNormal,
  uniform: (out: Float32Array, draw: Draw) => fillUniform(out, draw),
} as const

/** Fills `out` with noise of a kind, a pure function of the draw. */
export const fillNoise = (kind: NoiseNeed['kind'], out: Float32Array, draw: Draw): Float32Array =>
  fills[kind](out, draw)

/** The greatest number that uniform noise can be. */
const GREATEST_UNIFORM = 1 - 2 ** -24

/** Noise that is as probable and lies on the other side: −x, and of uniform noise what is left of 1. */
export const mirrored = (kind: NoiseNeed['kind'], noise: Float32Array): Float32Array =>
  noise.map((x) => (kind === 'normal' ? -x : GREATEST_UNIFORM - x))

/** The numbers of a noise input at a step; `sizes` gives extents that are names. */
export function drawNoise(
  { kind, shape, stream }: Noise,
  { seed, step, sizes = {} }: { readonly seed: number; readonly step: number; readonly sizes?: Bindings },
): NDArray {
  const extents = resolveShape(shape, sizes)
  const draw = { seed, stream, step }
  const data =
    kind === 'permutation'
      ? permutations(extents[0], extents[1], draw)
      : fillNoise(kind, new Float32Array(sizeOf(extents)), draw)
  return { data, shape: extents }
}
