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

describe('a header of others', () => {
  const codeOf = (file: Uint8Array, checked = false): string | undefined => {
    try {
      readSafetensors(file, { checked })
      return undefined
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [1]],
    ['a text', 'F32'],
    ['no type', { shape: [1], data_offsets: [0, 4] }],
    ['a type that is no text', { dtype: 1, shape: [1], data_offsets: [0, 4] }],
    ['no offsets', { dtype: 'F32', shape: [1] }],
    ['one offset', f32([0])],
    ['three offsets', f32([0, 4, 4])],
    ['offsets that are texts', { dtype: 'F32', shape: [1], data_offsets: ['0', '4'] }],
    ['a shape that is none', { dtype: 'F32', shape: 1, data_offsets: [0, 4] }],
    ['a negative extent', f32([0, 4], [-1])],
    ['two negative extents', f32([0, 4], [-1, -1])],
    ['half an extent', f32([0, 2], [0.5])],
    ['offsets before the data', f32([-4, 0])],
    ['a hole at its beginning', f32([1, 5])],
  ])('with %s for a tensor is corrupt', (_, about) => {
    expect(codeOf(fileOf({ a: about }, 4))).toBe('safetensors/corrupt')
  })

  test.each(['BF16', 'f32', '', 'toString', 'constructor'])(
    'with a tensor of type %j is of another type',
    (dtype) => {
      expect(codeOf(fileOf({ a: { ...f32([0, 4]), dtype } }, 4))).toBe('safetensors/type')
    },
  )

  test.each<[string, unknown]>([
    ['a list', []],
    ['a text', 'x'],
    ['a number', { a: 1 }],
    ['a number among texts', { a: 'x', b: 1 }],
  ])('with metadata of %s is corrupt', (_, notes) => {
    expect(codeOf(fileOf({ __metadata__: notes }))).toBe('safetensors/corrupt')
  })

  test('may have no metadata, and tensors of nothing anywhere between others', () => {
    expect(readSafetensors(fileOf({ __metadata__: null })).metadata).toEqual({})
    const [empty, full] = [f32([0, 0], [0]), f32([0, 4])]
    for (const header of [
      { empty, full },
      { full, empty },
      { full, end: f32([4, 4], [0, 3]) },
      { b: f32([4, 8]), a: full },
    ])
      expect(Object.keys(readSafetensors(fileOf(header, 'b' in header ? 8 : 4)).tensors)).toEqual(
        Object.keys(header),
      )
  })

  test('may end the file', () => {
    expect(readSafetensors(fileOf({}))).toEqual({ tensors: {}, metadata: {} })
    expect(codeOf(fileOf(''))).toBe('safetensors/corrupt')
    for (const length of [0, 7]) expect(codeOf(fileOf('').slice(0, length))).toBe('safetensors/torn')
    const long = fileOf({})
    long[0]++
    expect(codeOf(long)).toBe('safetensors/torn')
  })

  test('has a checksum only where it begins with it', () => {
    const late = fileOf({ __metadata__: { a: 'b', crc32: '00000000' } })
    expect(readSafetensors(late).metadata).toEqual({ a: 'b' })
    expect(codeOf(late, true)).toBe('safetensors/corrupt')
    const first = fileOf({ __metadata__: { crc32: '00000000', a: 'b' } })
    expect(codeOf(first)).toBe('safetensors/corrupt')
    const file = writeSafetensors({}, { a: 'b', crc32: 'mine' })
    expect(readSafetensors(file, { checked: true }).metadata).toEqual({ a: 'b' })
    expect(new TextDecoder().decode(file)).not.toContain('mine')
  })
})

test('tensors are copies, in memory of their own', () => {
  const file = writeSafetensors({ a: ndarray(Float32Array.of(1, 2), [2]) })
  const { data } = readSafetensors(file).tensors.a
  expect(data.byteLength).toBe(data.buffer.byteLength)
  file.fill(0)
  expect(data).toEqual(Float32Array.of(1, 2))
})

test('a tensor is written from where it begins in its memory', () => {
  const held = Float32Array.of(9, 1, 2, 9).subarray(1, 3)
  const file = writeSafetensors({ a: ndarray(held, [2]), b: ndarray(Uint8Array.of(3), [1]) })
  expect(readSafetensors(file, { checked: true }).tensors).toEqual({
    a: ndarray(Float32Array.of(1, 2), [2]),
    b: ndarray(Uint8Array.of(3), [1]),
  })
})
