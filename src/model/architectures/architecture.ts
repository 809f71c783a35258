import type * as z from 'zod/mini'
import { type Called, type Part, part } from '../../base/parts.ts'
import type { ConcreteShape } from '../../base/shape.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { ImageSize } from '../layers/spatial.ts'
import type { Layers } from '../parameters.ts'

/** Networks of a code that is an image of its own, without the dense layers between images and codes. @inline */
export interface OnGrid<Options = unknown> {
  /** Height and width of the code of an example of that shape. */
  places(exampleShape: ConcreteShape, options: Options): ImageSize
  /** Features of each place [batch, features, height, width]. */
  encode(x: Tensor, layers: Layers, options: Options): Tensor
  /** The likelihood's parameter [batch, ...exampleShape] from a code [batch, numbers, height, width]. */
  decode(code: Tensor, exampleShape: ConcreteShape, layers: Layers, options: Options): Tensor
}

/** A pair of networks: from an example to features, and from a code to an array of the example's size. */
export interface Architecture<Options = unknown> {
  readonly name: string
  readonly summary: string
  readonly options: z.core.$ZodType<Options>
  /** True where the encoder reads an example as plain numbers, whatever its shape; a condition then stands behind them. */
  readonly isFlat?: true
  /**
   * True where it is for windows of a table's rows: an example is numbers and masks over time [channels, rows] to the encoder,
   * and the decoder gives [numbers, rows]. Where examples are none, it gets their shape, and is to refuse them.
   */
  readonly readsWindows?: true
  /** Options with those that depend on the data written out; absent where none does. */
  complete?(options: Options, exampleShape: ConcreteShape): Options
  /** Features [batch, width] from which the posterior's heads read. */
  encode(x: Tensor, layers: Layers, options: Options): Tensor
  /** The likelihood's parameter [batch, ...exampleShape] from a code [batch, latent]. */
  decode(z: Tensor, exampleShape: ConcreteShape, layers: Layers, options: Options): Tensor
  /** For codes that are images; absent where places of an example come to nothing. */
  readonly onGrid?: OnGrid<Options>
}

/** Makes a pair of networks; its name and options become part of its type. */
export const defineArchitecture = <const Name extends string, Options, Input>(
  architecture: Architecture<Options> & Called<Name, z.core.$ZodType<Options, Input>>,
): Architecture<Options> & Called<Name, z.core.$ZodType<Options, Input>> & Part<'architecture'> =>
  part('architecture', architecture)
