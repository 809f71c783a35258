import { type Draw, fillUniform, streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import type { Tensor } from '../graph/tensor.ts'

/** The halves of an autoencoder, whose parameters weight decay is about. */
export const parts = ['encoder', 'decoder'] as const

/** @inline */
export interface Parameter {
  readonly name: string
  /** What it belongs to: a half of the autoencoder, the prior, the likelihood, or a term's opponent. */
  readonly part: string
  readonly shape: readonly number[]
  /** Draws lie uniformly within ±bound; 0 starts at zeros. */
  readonly bound: number
  /** The program input that carries its value. */
  readonly tensor: Tensor
}

/**
 * Declares a parameter while a model is traced; `name` is completed by where the layer stands. It belongs to the layer's
 * part, unless another is named.
 *
 * @inline
 */
export type Declare = (name: string, shape: readonly number[], bound: number, part?: string) => Tensor

/** Gives the `Declare` of one layer, by its place in the stack. @inline */
export type Layers = (path: string | number) => Declare

/** Starting values: parameter `i` draws from step `i` of the initialization stream. */
export function initialValues({ shape, bound }: Parameter, position: number, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  const draw: Draw = { seed, stream: streams.initialization, step: position }
  return bound === 0 ? values : fillUniform(values, draw, -bound, bound)
}
