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
import * as ort from 'onnxruntime-node'
import { layersOf, parameterCount } from '../workloads.ts'
import { contest } from './protocol.ts'

type Product = readonly [
  left: string,
  right: string,
  output: string,
  transposed?: 'transA' | 'transB',
  plus?: string,
]

/** Forward, then gradients from the logits back: the model's own data flow without all that is not a product. */
const products: readonly Product[] = [
  ['x', 'w0', 'hidden'],
  ['hidden', 'w1', 'mean'],
  ['hidden', 'w2', 'logVariance'],
  ['mean', 'w3', 'decoded'],
  ['decoded', 'w4', 'logits'],
  ['decoded', 'logits', 'dw4', 'transA'],
  ['logits', 'w4', 'dDecoded', 'transB'],
  ['mean', 'dDecoded', 'dw3', 'transA'],
  ['dDecoded', 'w3', 'dMean', 'transB'],
  ['hidden', 'logVariance', 'dw2', 'transA'],
  ['hidden', 'dMean', 'dw1', 'transA'],
  ['dMean', 'w1', 'dHiddenMean', 'transB'],
  ['logVariance', 'w2', 'dHidden', 'transB', 'dHiddenMean'],
  ['x', 'dHidden', 'dw0', 'transA'],
]

/**
 * What a step cannot do without: its matrix products, by the same library and threads, and Adam's
 * traffic (gradient, parameter and two moments in, the last three out) at the speed of a memory copy.
 */
await contest(async (assignment) => {
  const inputs = new Map([['x', [assignment.batch, assignment.sizes[0]]]])
  const outputs = new Map<string, number[]>()
  layersOf(assignment).forEach((shape, i) => {
    inputs.set(`w${i}`, [...shape])
    outputs.set(`dw${i}`, [...shape])
  })
  const tensors = (shapes: Map<string, number[]>) =>
    Object.fromEntries(
      [...shapes].map(([name, shape]) => {
        const data = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => Math.sin(i * i) / 10)
        return [name, new ort.Tensor('float32', data, shape)]
      }),
    )
  const feeds = tensors(inputs)
  const fetches = tensors(outputs)
  const options = { intraOpNumThreads: assignment.threads }
  const session = await ort.InferenceSession.create(modelOf(inputs, outputs), options)
  const copy = copier(parameterCount(assignment))
  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    note: 'matrix products and optimizer traffic alone',
    step: async () => {
      await session.run(feeds, fetches)
      copy()
      return 0
    },
  }
})

/**
 * The optimizer's traffic in copies: it brings four arrays to the core and takes three back, a copy
 * brings two (the target's lines are read before they are written) and takes one, so it is 7/3 copies,
 * here within four arrays of its size as the optimizer has.
 */
function copier(count: number): () => void {
  const [first, second, third, fourth] = Array.from({ length: 4 }, () => new Float32Array(count).fill(1))
  return () => {
    second.set(first)
    fourth.set(third)
    first.set(second.subarray(0, count / 3))
  }
}

function modelOf(inputs: Map<string, number[]>, outputs: Map<string, number[]>): Uint8Array {
  const one = { type: AttributeProto_AttributeType.INT, i: 1n }
  const node = products.map(([left, right, output, transposed, plus]) =>
    create(NodeProtoSchema, {
      opType: 'Gemm',
      input: plus ? [left, right, plus] : [left, right],
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

function valueInfo([name, sizes]: [string, number[]]) {
  const dim = sizes.map((size) =>
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(size) } }),
  )
  const shape = create(TensorShapeProtoSchema, { dim })
  const tensor = create(TypeProto_TensorSchema, { elemType: TensorProto_DataType.FLOAT, shape })
  const type = create(TypeProtoSchema, { value: { case: 'tensorType', value: tensor } })
  return create(ValueInfoProtoSchema, { name, type })
}
