import { fromBinary } from '@bufbuild/protobuf'
import { type ModelProto, ModelProtoSchema } from 'onnx-buf'
import { describe, expect, test } from 'vitest'
import { square } from '../functions.ts'
import { gradient } from '../gradient.ts'
import { add } from '../ops/add.ts'
import { input } from '../ops/input.ts'
import { matmul } from '../ops/matmul.ts'
import { sub } from '../ops/sub.ts'
import { sum } from '../ops/sum.ts'
import { tanh } from '../ops/tanh.ts'
import { type Program, program } from '../program.ts'
import { lower } from './lower.ts'

const parse = (model: Uint8Array): ModelProto => fromBinary(ModelProtoSchema, model)
const typesOf = (model: Uint8Array) => parse(model).graph?.node.map(({ opType }) => opType)

/** A small regression with its gradient, traced anew; `meanwhile` runs between the steps of tracing. */
function trace(meanwhile: (soFar: ReturnType<typeof input>) => void = () => {}): Program {
  const x = input('x', ['batch', 3])
  meanwhile(x)
  const w = input('w', [3, 2])
  const b = input('b', [2])
  meanwhile(w)
  const y = tanh(add(matmul(x, w), b))
  meanwhile(y)
  const loss = sum(square(sub(y, input('target', ['batch', 2]))))
  meanwhile(loss)
  const [slopeW, slopeB] = gradient(loss, [w, b])
  return program('regression', { loss, slopeW, slopeB })
}

describe('lowering is deterministic', () => {
  test('the same program traced twice gives the same bytes', () => {
    expect(lower(trace())).toEqual(lower(trace()))
  })

  test('what is traced beside it and never used leaves no mark', () => {
    const dead = trace((soFar) => {
      square(add(soFar, 3))
      input('unused', [7])
      sum(tanh(soFar))
    })
    expect(lower(dead)).toEqual(lower(trace()))
  })

  test('a program lowered before does not tell on the next', () => {
    lower(program('other', { y: tanh(input('x', [4])) }))
    const once = trace()
    expect(lower(once)).toEqual(lower(once))
    expect(lower(once)).toEqual(lower(trace()))
  })

  test('another constant gives other bytes', () => {
    const w = { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] }
    const other = { data: Float32Array.of(1, 2, 3, 4, 5, 7), shape: [3, 2] }
    expect(lower(trace(), { constants: { w } })).toEqual(lower(trace(), { constants: { w } }))
    expect(lower(trace(), { constants: { w } })).not.toEqual(lower(trace(), { constants: { w: other } }))
  })
})

describe('a lowered model', () => {
  test('declares its inputs, outputs and symbolic extents', () => {
    const { graph } = parse(lower(trace()))
    expect(graph?.input.map(({ name }) => name)).toEqual(['x', 'w', 'b', 'target'])
    expect(graph?.output.map(({ name }) => name)).toEqual(['loss', 'slopeW', 'slopeB'])
    const type = graph?.input[0].type?.value
    const extents = type?.case === 'tensorType' ? type.value.shape?.dim.map(({ value }) => value.value) : []
    expect(extents).toEqual(['batch', 3n])
  })

  test('holds constants as initializers under their own names, and asks for them no more', () => {
    const constants = { b: { data: Float32Array.of(1, 2), shape: [2] } }
    const { graph } = parse(lower(trace(), { constants }))
    expect(graph?.input.map(({ name }) => name)).toEqual(['x', 'w', 'target'])
    const held = graph?.initializer.find(({ name }) => name === 'b')
    expect(held?.dims).toEqual([2n])
    expect(new Float32Array(held?.rawData.slice().buffer as ArrayBuffer)).toEqual(Float32Array.of(1, 2))
  })

  test('carries metadata', () => {
    const { metadataProps } = parse(lower(trace(), { metadata: { beta: '4' } }))
    expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([['beta', '4']])
  })

  test('names a value that two outputs share by copying it', () => {
    const y = tanh(input('x', [3]))
    const model = lower(program('twice', { one: y, two: y }))
    expect(typesOf(model)).toEqual(['Tanh', 'Identity'])
    expect(parse(model).graph?.node.map(({ output }) => output)).toEqual([['one'], ['two']])
  })

  test('copies an input that is an output', () => {
    const x = input('x', [3])
    expect(typesOf(lower(program('same', { y: x })))).toEqual(['Identity'])
  })
})
