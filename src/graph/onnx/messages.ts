/** The messages of onnx.proto (IR version 8) that a program is written as, by their field numbers there. */
import type { Dim, Shape } from '../../base/shape.ts'
import { type Field, type Message, message } from './protobuf.ts'

/** What an operator is told: a number is an INT attribute, `{ float }` a FLOAT one, a list INTS. */
export type OnnxAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly strings: readonly string[] }
  | { readonly tensor: OnnxTensor }
  | { readonly graph: OnnxGraph }

export interface OnnxNode {
  readonly type: string
  readonly name: string
  readonly inputs: readonly string[]
  output: string
  /** All its outputs, where there are more. */
  readonly outputs?: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
  /** Set of operators that it is of; default: those of ONNX itself. */
  readonly domain?: string
}

export interface OnnxTensor {
  readonly name: string
  readonly type: number
  readonly shape: readonly number[]
  /** The numbers, little-endian. */
  readonly bytes: Uint8Array
}

export interface OnnxValue {
  readonly name: string
  readonly type: number
  readonly shape: Shape
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

export interface OnnxModel {
  readonly irVersion: number
  /** Versions of the sets of operators, by their domains; that of ONNX itself is ''. */
  readonly opsets: Readonly<Record<string, number>>
  readonly producer: string
  readonly graph: OnnxGraph
  readonly metadata: Readonly<Record<string, string>>
}

export const modelMessage = ({ irVersion, opsets, producer, graph, metadata }: OnnxModel): Message =>
  message(
    [1, irVersion],
    [2, producer],
    [7, graphMessage(graph)],
    [8, Object.entries(opsets).map(([domain, version]) => message([1, domain], [2, version]))],
    [14, Object.entries(metadata).map(([key, value]) => message([1, key], [2, value]))],
  )

const graphMessage = ({ name, nodes, initializers, inputs, outputs }: OnnxGraph): Message =>
  message(
    [1, nodes.map(nodeMessage)],
    [2, name],
    [5, initializers.map(tensorMessage)],
    [11, inputs.map(valueMessage)],
    [12, outputs.map(valueMessage)],
  )

const nodeMessage = ({ inputs, output, outputs, name, type, attributes, domain }: OnnxNode): Message =>
  message(
    [1, inputs],
    [2, outputs ?? output],
    [3, name],
    [4, type],
    [5, Object.entries(attributes).map(([key, value]) => attributeMessage(key, value))],
    [7, domain],
  )

function attributeMessage(name: string, value: OnnxAttribute): Message {
  const [type, field, content] = attributeContent(value)
  return message([1, name], [field, content], [20, type])
}

/** Its type, the field that holds it, and what that holds. */
function attributeContent(value: OnnxAttribute): [type: number, field: number, content: Field[1]] {
  if (typeof value === 'number') return [2, 3, value]
  if (typeof value === 'string') return [3, 4, value]
  if ('strings' in value) return [8, 9, value.strings]
  if ('tensor' in value) return [4, 5, tensorMessage(value.tensor)]
  if ('graph' in value) return [5, 6, graphMessage(value.graph)]
  return 'float' in value ? [1, 2, value] : [7, 8, value]
}

const tensorMessage = ({ shape, type, name, bytes }: OnnxTensor): Message =>
  message([1, shape], [2, type], [8, name], [9, bytes])

const valueMessage = ({ name, type, shape }: OnnxValue): Message =>
  message([1, name], [2, message([1, message([1, type], [2, shapeMessage(shape)])])])

const shapeMessage = (shape: Shape): Message => message([1, shape.map(dimension)])

const dimension = (extent: Dim): Message => message(typeof extent === 'number' ? [1, extent] : [2, extent])
