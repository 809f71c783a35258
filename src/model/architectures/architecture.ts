import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { ConcreteShape } from '../../base/shape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Layers } from '../parameters.ts'

/** A pair of networks: from an example to features, and from a code to an array of the example's size. */
export interface Architecture<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly options: z.core.$ZodType<Options>
  /** True where the encoder reads an example as plain numbers, whatever its shape; a condition then stands behind them. */
  readonly isFlat?: true
  /** Options with those that depend on the data written out; absent where none does. */
  complete?(options: Options, exampleShape: ConcreteShape): Options
  /** Features [batch, width] from which the posterior's heads read. */
  encode(x: Tensor, layers: Layers, options: Options): Tensor
  /** The likelihood's parameter [batch, ...exampleShape] from a code [batch, latent]. */
  decode(z: Tensor, exampleShape: ConcreteShape, layers: Layers, options: Options): Tensor
}

/** Makes a pair of networks; its name and options become part of its type. */
export const defineArchitecture = <const Name extends string, Options, Input>(
  architecture: Architecture<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Architecture<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'architecture'> =>
  part('architecture', architecture)
