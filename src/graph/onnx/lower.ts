import type { NDArray } from '../../base/arrays.ts'
import { inputName } from '../ops/input.ts'
import type { Program } from '../program.ts'
import type { Tensor, TensorType } from '../tensor.ts'
import { type Builder, builder } from './builder.ts'
import { fusions } from './fuse.ts'
import { modelMessage, type OnnxValue } from './messages.ts'
import { bytesOfMessage } from './protobuf.ts'
import { onnxTypes } from './types.ts'

export const OPSET = 18
export const IR_VERSION = 8

export interface LowerOptions {
  /** Inputs to write into the model as constants. */
  readonly constants?: Readonly<Record<string, NDArray>>
  readonly metadata?: Readonly<Record<string, string>>
}

/** The program as an ONNX model. The same program and constants give the same bytes. */
export function lower(program: Program, { constants = {}, metadata = {} }: LowerOptions = {}): Uint8Array {
  const onnx = builder()
  for (const { name, dtype } of program.inputs)
    if (constants[name]) onnx.initializer(name, constants[name].data, constants[name].shape, dtype)
  lowerNodes(program, onnx)
  const fed = program.inputs.filter(({ name }) => !constants[name])
  return bytesOfMessage(
    modelMessage({
      irVersion: IR_VERSION,
      opsets: { '': OPSET },
      producer: 'betavae',
      metadata,
      graph: {
        name: program.name,
        nodes: onnx.nodes,
        initializers: onnx.initializers,
        inputs: fed.map((input) => onnxValue(input.name, input)),
        outputs: Object.entries(program.outputs).map(([name, tensor]) => onnxValue(name, tensor)),
      },
    }),
  )
}

/** Adds the program's nodes, which take its inputs from values of their names. */
export function lowerNodes(program: Program, onnx: Builder): void {
  const wanted = new Map<Tensor, string[]>()
  for (const [name, tensor] of Object.entries(program.outputs))
    wanted.set(tensor, [...(wanted.get(tensor) ?? []), name])
  const fused = fusions(program)
  const absorbed = new Set([...fused.values()].map((fusion) => fusion.absorbed))
  const names = new Map<Tensor, string>()
  const nameOf = (tensor: Tensor) => names.get(tensor) as string
  for (const node of program.nodes) {
    if (absorbed.has(node)) continue
    const fusion = fused.get(node)
    const value =
      inputName(node) ??
      (fusion
        ? fusion.lower(onnx, fusion.inputs.map(nameOf))
        : node.op.onnx(onnx, node.inputs.map(nameOf), node))
    names.set(node, publish(onnx, value, wanted.get(node) ?? []))
  }
}

/** Gives a value its output names: the node that made it takes the first, the others are copies. */
function publish(onnx: Builder, value: string, outputs: readonly string[]): string {
  let name = value
  for (const output of outputs) {
    if (name !== value || onnx.nodes.at(-1)?.output !== value) onnx.copy(name)
    onnx.rename(output)
    if (name === value) name = output
  }
  return name
}

const onnxValue = (name: string, { dtype, shape }: TensorType): OnnxValue => ({
  name,
  type: onnxTypes[dtype],
  shape,
})
