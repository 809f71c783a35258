import type { ElementType } from '../base/arrays.ts'
import type { Shape } from '../base/shape.ts'
import type { Emit } from './onnx/emit.ts'

export interface TensorType {
  readonly dtype: ElementType
  readonly shape: Shape
}

/** What an op is told besides its inputs; plain JSON, so that equal nodes are seen to be equal. */
export type Attributes = Readonly<Record<string, unknown>>

/** What a program asks of an op; what it comes to in float64, and how it is probed, stands in `reference`. */
export interface OpDefinition<A extends Attributes = Attributes> {
  readonly name: string
  /** Inputs are broadcast against each other (NumPy's rule), so that none needs expanding beforehand. */
  readonly broadcasts?: true
  /** The output's type. Throws where the inputs are not legal. */
  infer(inputs: readonly TensorType[], attributes: A): TensorType
  /** Cotangent of each input, built from ops, so that it can be differentiated again; undefined where none flows. */
  gradient(upstream: Tensor, node: Tensor<A>): readonly (Tensor | undefined)[]
  /** Adds ONNX nodes and gives the output's name. */
  onnx(emit: Emit, inputs: readonly string[], node: Tensor<A>): string
}

/** A symbolic array: an op applied to other tensors. Nothing is computed until an engine runs a program. */
export interface Tensor<A extends Readonly<Record<string, unknown>> = Readonly<Record<string, unknown>>>
  extends TensorType {
  /** @internal */
  readonly op: OpDefinition<A>
  /** @internal */
  readonly inputs: readonly Tensor[]
  /** @internal */
  readonly attributes: A
}

/** Applies an op: checks the inputs and infers the type. */
export function apply<A extends Attributes>(
  op: OpDefinition<A>,
  inputs: readonly Tensor[],
  attributes: A,
): Tensor {
  const { dtype, shape } = op.infer(inputs, attributes)
  // The op and its attributes go together; that pairing is what the type parameter says and a graph forgets.
  return { op, inputs, attributes, dtype, shape } as unknown as Tensor
}
