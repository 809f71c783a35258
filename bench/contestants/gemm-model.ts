import { create, toBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'

/** a·b, or a·b + c, with one of the first two transposed. */
export interface Gemm {
  readonly inputs: readonly string[]
  readonly output: string
  readonly transposed?: 'transA' | 'transB'
}

/** Shapes by name. */
export type Arrays = Map<string, readonly number[]>

/** An ONNX model of products of matrices in float32. */
export function gemmModel(gemms: readonly Gemm[], inputs: Arrays, outputs: Arrays): Uint8Array {
  const one = { type: AttributeProto_AttributeType.INT, i: 1n }
  const node = gemms.map(({ inputs, output, transposed }) =>
    create(NodeProtoSchema, {
      opType: 'Gemm',
      input: [...inputs],
      output: [output],
      attribute: transposed ? [create(AttributeProtoSchema, { name: transposed, ...one })] : [],
    }),
  )
  const graph = create(GraphProtoSchema, {
    name: 'products',
    node,
    input: [...inputs].map(valueInfo),
    output: [...outputs].map(valueInfo),
  })
  const opsetImport = [create(OperatorSetIdProtoSchema, { domain: '', version: 17n })]
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, graph, opsetImport }))
}

function valueInfo([name, sizes]: [string, readonly number[]]) {
  const dim = sizes.map((size) =>
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(size) } }),
  )
  const shape = create(TensorShapeProtoSchema, { dim })
  const tensor = create(TypeProto_TensorSchema, { elemType: TensorProto_DataType.FLOAT, shape })
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: tensor } })
  return create(ValueInfoProtoSchema, { name, type })
}
