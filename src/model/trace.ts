import type { Shape } from '../base/shape.ts'
import { streamOf } from '../base/streams.ts'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Noise, NoiseKind } from './noise.ts'
import type { Layers, Parameter } from './parameters.ts'

/** What is collected on the way while a model and its objective are traced. */
export interface Trace {
  /** In the order in which layers asked for them. */
  readonly parameters: readonly Parameter[]
  /** Inputs drawn afresh at every step. */
  readonly noise: readonly Noise[]
  /** Parameters that no gradient moves: a step puts these values in their place. */
  readonly replacements: ReadonlyMap<Parameter, Tensor>
  /** Declares parameters of a part; asking for a name again gives the same parameter. */
  layers(part: string): Layers
  draw(name: string, kind: NoiseKind, shape: Shape, stream?: number): Tensor
  replace(parameter: Tensor, value: Tensor): void
}

export function newTrace(): Trace {
  const parameters: Parameter[] = []
  const noise: Noise[] = []
  const replacements = new Map<Parameter, Tensor>()
  return {
    parameters,
    noise,
    replacements,
    layers:
      (own) =>
      (path) =>
      (name, shape, bound, part = own) => {
        const full = [part, String(path), name].filter(Boolean).join('.')
        const known = parameters.find((parameter) => parameter.name === full)
        if (known) return known.tensor
        const tensor = input(full, shape)
        parameters.push({ name: full, part, shape, bound, tensor })
        return tensor
      },
    draw(name, kind, shape, stream = streamOf(name)) {
      const tensor = input(name, shape, kind === 'permutation' ? 'int32' : 'float32')
      noise.push({ name, kind, shape, stream, tensor })
      return tensor
    },
    replace(parameter, value) {
      const owned = parameters.find(({ tensor }) => tensor === parameter)
      if (owned) replacements.set(owned, value)
    },
  }
}
