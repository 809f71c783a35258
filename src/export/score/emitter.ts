import type { ElementType, NumericArray } from '../../base/arrays.ts'
import { type Builder, builder, onnxTensor } from '../../graph/onnx/builder.ts'
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from '../../graph/onnx/messages.ts'
import { onnxTypes } from '../../graph/onnx/types.ts'

/** ONNX's number of texts (TensorProto.DataType). */
export const STRING = 8

/** Operators of scoring that the graphs of models do without, in float64: values by their names. */
export interface Emitter {
  readonly onnx: Builder
  /** A node; operands that are numbers become constants. */
  op(type: string, operands: readonly (string | number)[], attributes?: Attributes): string
  /** A node of several outputs, or of another set of operators than ONNX's own. */
  special(
    node: Omit<OnnxNode, 'name' | 'output' | 'outputs'>,
    outputs?: number,
  ): readonly [first: string, ...others: string[]]
  constant(values: NumericArray | readonly number[], shape: readonly number[], dtype?: ElementType): string
  sum(value: string, axis: number): string
  cast(value: string, type: ElementType | 'int64'): string
}

export type Attributes = Readonly<Record<string, OnnxAttribute>>

export function emitter(prefix = ''): Emitter {
  const onnx = builder(prefix)
  const constant: Emitter['constant'] = (values, shape, dtype = 'float64') =>
    onnx.constant(values, shape, dtype)
  const named = (operand: string | number) =>
    typeof operand === 'number' ? constant([operand], []) : operand
  const op: Emitter['op'] = (type, operands, attributes) => onnx.node(type, operands.map(named), attributes)
  let special = 0
  return {
    onnx,
    op,
    constant,
    special(node, outputs = 1) {
      const name = `${prefix}${node.type}${special++}`
      const [first, ...others] = Array.from({ length: outputs }, (_, at) => `${name}_${at}`)
      onnx.nodes.push({ ...node, name, output: first, outputs: [first, ...others] })
      return [first, ...others]
    },
    sum: (value, axis) => op('ReduceSum', [value, onnx.integers([axis])], { keepdims: 1 }),
    cast: (value, type) => op('Cast', [value], { to: onnxTypes[type] }),
  }
}

/** A tensor as an attribute. */
export const tensorOf = (name: string, values: readonly number[]): { readonly tensor: OnnxTensor } => ({
  tensor: onnxTensor(name, 'float64', [values.length], new Uint8Array(Float64Array.from(values).buffer)),
})

/** What an emitter has gathered, as a graph. */
export const graphOf = (
  { onnx }: Emitter,
  name: string,
  inputs: readonly OnnxValue[],
  outputs: readonly OnnxValue[],
): OnnxGraph => ({ name, nodes: onnx.nodes, initializers: onnx.initializers, inputs, outputs })
