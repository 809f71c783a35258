import type { ElementType, NumericArray } from '../../base/arrays.ts'
import type { OnnxAttribute } from './messages.ts'

/** How an op's lowering adds to the ONNX graph; every call gives the name of a value. */
export interface Emit {
  /** Adds a node with one output. A number is an INT attribute, `{ float }` a FLOAT one, a list INTS. */
  node(type: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string
  /** An int64 vector, as axes and shapes are given. */
  integers(values: readonly number[]): string
  /** A constant array. */
  constant(data: NumericArray | readonly number[], shape: readonly number[], dtype: ElementType): string
}
