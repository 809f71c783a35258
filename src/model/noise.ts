import type { NDArray } from '../base/arrays.ts'
import { fillNormal, fillUniform, permutations } from '../base/random.ts'
import { type Bindings, resolveShape, type Shape, sizeOf } from '../base/shape.ts'
import type { Tensor } from '../graph/tensor.ts'

/** Standard normal, uniform on [0, 1), or in each column a permutation of the rows (whole numbers). @inline */
export type NoiseKind = 'normal' | 'uniform' | 'permutation'

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
  uniform: fillUniform,
} as const

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
      : fills[kind](new Float32Array(sizeOf(extents)), draw)
  return { data, shape: extents }
}
