import { fromBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { AttributeProtoSchema, TensorProtoSchema } from 'onnx-buf'
import { expect, test } from 'vitest'
import { bytesOfMessage, message } from './protobuf.ts'

test("attributes are what another implementation's reader finds in them", () => {
  const whole = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })
  fc.assert(
    fc.property(fc.string(), whole, fc.float({ noNaN: true }), fc.array(whole), (name, i, f, ints) => {
      const bytes = bytesOfMessage(message([1, name], [2, { float: f }], [3, i], [8, ints]))
      const read = fromBinary(AttributeProtoSchema, bytes)
      expect([read.name, read.f, read.i, read.ints]).toEqual([name, f, BigInt(i), ints.map(BigInt)])
    }),
  )
})

test('bytes and messages inside messages carry their length', () => {
  const raw = Uint8Array.from({ length: 300 }, (_, i) => i)
  const bytes = bytesOfMessage(message([1, [3, 100]], [2, 1], [8, undefined], [9, raw]))
  const read = fromBinary(TensorProtoSchema, bytes)
  expect([read.dims, read.dataType, read.name, read.rawData]).toEqual([[3n, 100n], 1, '', raw])
  expect(message([5, message([1, raw])]).length).toBe(bytesOfMessage(message([5, message([1, raw])])).length)
})
