import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'

const tensors = {
  'decoder.weight': ndarray(Float32Array.of(1, -2, 3.5, 4, 5, 6), [2, 3]),
  '0': ndarray(Uint8Array.of(7), [1]),
  é: ndarray(Float64Array.of(0.1), []),
  'moment "m"': ndarray(Int32Array.of(-1, 2), [2, 1]),
}
const metadata = { recipe: '{"beta":4}', '0': 'zero' }

/** A file with this header, and this many data bytes. */
function fileOf(header: unknown, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}
const f32 = (offsets: number[], shape = [1]) => ({ dtype: 'F32', shape, data_offsets: offsets })

describe('safetensors', () => {
  test('gives back what was written', () => {
    const file = writeSafetensors(tensors, metadata)
    expect(readSafetensors(file, { checked: true })).toEqual({ tensors, metadata })
    expect(writeSafetensors(tensors, metadata)).toEqual(file)
  })

  test('reads the Buffer that Node gives for a file', () => {
    const file = Buffer.from(writeSafetensors(tensors, metadata))
    expect(readSafetensors(file, { checked: true })).toEqual({ tensors, metadata })
  })

  test('gives back any names and numbers', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.float32Array()).filter((given) => !('__metadata__' in given)),
        fc.dictionary(fc.string(), fc.string()).filter((given) => !('crc32' in given)),
        (arrays, notes) => {
          const given = Object.fromEntries(
            Object.entries(arrays).map(([key, data]) => [key, ndarray(data, [data.length])]),
          )
          expect(readSafetensors(writeSafetensors(given, notes), { checked: true })).toEqual({
            tensors: given,
            metadata: notes,
          })
        },
      ),
    )
  })

  test('keeps the order given and begins the data at a multiple of 8', () => {
    const file = writeSafetensors(tensors)
    const length = Number(new DataView(file.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const text = new TextDecoder().decode(file.subarray(8, 8 + length))
    expect(text.trimEnd()).toMatchInlineSnapshot(
      `"{"__metadata__":{"crc32":"1e6be739"},"0":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"decoder.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[1,25]},"é":{"dtype":"F64","shape":[],"data_offsets":[25,33]},"moment \\"m\\"":{"dtype":"I32","shape":[2,1],"data_offsets":[33,41]}}"`,
    )
  })

  test('refuses a file cut short at any byte', () => {
    const file = writeSafetensors(tensors, metadata)
    for (let length = 0; length < file.length; length++)
      expect(() => readSafetensors(file.subarray(0, length)), `${length} bytes`).toThrow('[safetensors/torn]')
  })

  test('refuses a file with any one bit changed', () => {
    const file = writeSafetensors(tensors, metadata)
    for (let bit = 0; bit < file.length * 8; bit++) {
      const bad = file.slice()
      bad[bit >> 3] ^= 1 << (bit & 7)
      expect(() => readSafetensors(bad, { checked: true }), `bit ${bit}`).toThrow(
        /\[safetensors\/(torn|corrupt|type)\]/,
      )
    }
  })

  test('reads files of others, without a checksum', () => {
    expect(readSafetensors(fileOf({ a: f32([0, 4]) }, 4))).toEqual({
      tensors: { a: ndarray(Float32Array.of(0), [1]) },
      metadata: {},
    })
    expect(() => readSafetensors(fileOf({}), { checked: true })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a safetensors file without its checksum; wanted the metadata key crc32. Fix: use an earlier copy of this file, or write it again. [safetensors/corrupt]]`,
    )
  })

  test.each([
    ['torn data', fileOf({ a: f32([0, 4]) }, 3)],
    ['a torn header', fileOf({ a: f32([0, 4]) }, 4).subarray(0, 20)],
    ['data left over', fileOf({ a: f32([0, 4]) }, 5)],
    ['a hole', fileOf({ a: f32([0, 4]), b: f32([8, 12]) }, 12)],
    ['an overlap', fileOf({ a: f32([0, 4]), b: f32([0, 4]) }, 4)],
    ['a shape of another size', fileOf({ a: f32([0, 4], [2]) }, 4)],
    ['offsets that run backward', fileOf({ a: f32([4, 0], [1]) }, 4)],
    ['a type that is not known', fileOf({ a: { ...f32([0, 4]), dtype: 'BF16' } }, 4)],
    ['an entry without shape', fileOf({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4)],
    ['a header that is not JSON', fileOf('{"a":')],
    ['a header that is a list', fileOf([])],
    ['metadata of numbers', fileOf({ __metadata__: { step: 3 } })],
  ])('refuses %s', (_, file) => {
    expect(() => readSafetensors(file)).toThrowErrorMatchingSnapshot()
  })
})
