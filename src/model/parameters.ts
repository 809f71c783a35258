import { type Draw, fillUniform, streams } from '../base/random.ts'
import { sizeOf } from '../base/shape.ts'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'

/** The half of an autoencoder that a parameter belongs to. */
export const parts = ['encoder', 'decoder'] as const
export type Part = (typeof parts)[number]

export interface Parameter {
  readonly name: string
  readonly part: Part
  readonly shape: readonly number[]
  /** Draws lie uniformly within ±bound; 0 starts at zeros. */
  readonly bound: number
  /** The program input that carries its value. */
  readonly tensor: Tensor
}

/** Declares a parameter while a model is traced; `name` is completed by where the layer stands. */
export type Declare = (name: string, shape: readonly number[], bound: number) => Tensor

/** Collects the parameters of one trace, in the order in which layers ask for them. */
export interface ParameterList {
  readonly all: readonly Parameter[]
  /** A `Declare` that prefixes names, such as `encoder.0`. */
  under(part: Part, path: string): Declare
}

export function parameterList(): ParameterList {
  const all: Parameter[] = []
  return {
    all,
    under: (part, path) => (name, shape, bound) => {
      const full = [part, path, name].filter(Boolean).join('.')
      const tensor = input(full, shape)
      all.push({ name: full, part, shape, bound, tensor })
      return tensor
    },
  }
}

/** Starting values: parameter `i` draws from step `i` of the initialization stream. */
export function initialValues({ shape, bound }: Parameter, position: number, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  const draw: Draw = { seed, stream: streams.initialization, step: position }
  return bound === 0 ? values : fillUniform(values, draw, -bound, bound)
}
