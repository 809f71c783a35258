import { create, toBinary } from '@bufbuild/protobuf'
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import type { NDArray } from '../../base/arrays.ts'
import type { Dim } from '../../base/shape.ts'
import { inputName } from '../ops/input.ts'
import type { Program } from '../program.ts'
import type { Tensor, TensorType } from '../tensor.ts'
import { type Builder, builder } from './builder.ts'
import { fusions } from './fuse.ts'
import { onnxTypes } from './types.ts'

const OPSET = 18n
const IR_VERSION = 8n

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
  const graph = create(GraphProtoSchema, {
    name: program.name,
    node: onnx.nodes,
    initializer: onnx.initializers,
    input: fed.map((input) => valueInfo(input.name, input)),
    output: Object.entries(program.outputs).map(([name, tensor]) => valueInfo(name, tensor)),
  })
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: OPSET })],
      producerName: 'betavae',
      graph,
      metadataProps: Object.entries(metadata).map(([key, value]) =>
        create(StringStringEntryProtoSchema, { key, value }),
      ),
    }),
  )
}

function lowerNodes(program: Program, onnx: Builder): void {
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
    if (name !== value || onnx.nodes.at(-1)?.output[0] !== value) onnx.copy(name)
    onnx.rename(output)
    if (name === value) name = output
  }
  return name
}

const dimension = (extent: Dim) =>
  create(TensorShapeProto_DimensionSchema, {
    value:
      typeof extent === 'number'
        ? { case: 'dimValue', value: BigInt(extent) }
        : { case: 'dimParam', value: extent },
  })

const valueInfo = (name: string, { dtype, shape }: TensorType) =>
  create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: create(TypeProto_TensorSchema, {
          elemType: onnxTypes[dtype],
          shape: create(TensorShapeProtoSchema, { dim: shape.map(dimension) }),
        }),
      },
    }),
  })
