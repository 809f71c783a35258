import { describe, expect, test } from 'vitest'
import { type NumericArray, ndarray } from '../../base/arrays.ts'
import { endOf, heldBytes } from './array-layout.ts'
import { isNpy, npyLayout, npyTexts, readNpy, writeNpy } from './npy.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

/** A .npy file with this text for its header, whose length takes two bytes, or four from version 2 on. */
function fileOf(header: string, data: ArrayLike<number> = [], version = 1): Uint8Array {
  const length = new Uint8Array(version > 1 ? 4 : 2)
  const view = new DataView(length.buffer)
  if (version > 1) view.setUint32(0, header.length, true)
  else view.setUint16(0, header.length, true)
  return Uint8Array.from([
    0x93,
    ...ascii('NUMPY'),
    version,
    0,
    ...length,
    ...ascii(header),
    ...Array.from(data),
  ])
}
const headerOf = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }\n`
const bytes = [1, 2, 3]

describe('a header', () => {
  test.each([
    ["{'descr':'|u1','fortran_order':False,'shape':(3,)}"],
    ["{'descr'  :  '|u1', 'fortran_order'  :  False, 'shape'  :  ( 3 , ), }"],
    ["{'shape': (3L,), 'fortran_order': False, 'descr': '|u1'}"],
    ["{'shape': (3), 'fortran_order': False, 'descr': '=u1'}"],
    [headerOf('<u1', '3,')],
    [headerOf('>u1', '3,')],
  ])('may be written as %j', (header) => {
    for (const version of [1, 2, 3])
      expect(readNpy(fileOf(header, bytes, version))).toEqual(ndarray(Uint8Array.from(bytes), [3]))
  })

  test.each([
    '',
    "{'descr': '<f4'}",
    "{'descr': '<f4', 'fortran_order': False, }",
    "{'fortran_order': False, 'shape': (3,)}",
    "{'descr': '<f4', 'shape': (3,)}",
    "{'descr': '<f4', 'fortran_order': None, 'shape': (3,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': [3]}",
  ])('that lacks something is refused: %j', (header) => {
    expect(() => readNpy(fileOf(header, bytes))).toThrow(/\[npy\/header\]/)
  })

  test.each([1, 2])('of version %i that is cut short is torn at every byte', (version) => {
    const whole = fileOf(headerOf('|u1', '3,'), bytes, version)
    const start = whole.length - bytes.length
    for (let length = 0; length < start; length++) {
      const opening = whole.subarray(0, length)
      expect(() => npyLayout(opening, whole.length), `${length}`).toThrow(
        expect.objectContaining({ code: 'npy/torn', seen: expect.stringContaining(`${whole.length} bytes`) }),
      )
      expect(() => npyLayout(opening), `${length}`).toThrow(
        expect.objectContaining({ code: 'npy/torn', seen: expect.stringContaining(`${length} bytes`) }),
      )
    }
    expect(npyLayout(whole.subarray(0, start), whole.length)).toMatchObject({ shape: [3], start, width: 1 })
    // How many numbers follow need not be known.
    expect(npyLayout(whole.subarray(0, start))).toMatchObject({ shape: [3], start, width: 1 })
  })

  test('begins with six bytes of a mark', () => {
    const file = fileOf(headerOf('|u1', '3,'), bytes)
    expect(isNpy(file)).toBe(true)
    for (let at = 0; at < 6; at++) {
      expect(isNpy(file.with(at, 0)), `byte ${at}`).toBe(false)
      expect(() => readNpy(file.with(at, 0))).toThrow(/\[npy\/torn\]/)
    }
  })

  test.each(['f4', '!f4', '<f3', '<f', '<f16', '|V4', '<b8'])(
    'of type %s is of none that is read',
    (descr) => {
      expect(() => npyLayout(fileOf(headerOf(descr, '3,')))).toThrow(/\[npy\/type\]/)
    },
  )
})

test('every float16 is the float32 of the same sign, exponent and fraction', () => {
  const halves = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits)
  const found = readNpy(fileOf(headerOf('<f2', '65536,'), new Uint8Array(halves.buffer))).data
  const view = new DataView(new ArrayBuffer(4))
  const wanted = Float32Array.from(halves, (bits) => {
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023]
    const sign = (bits & 0x8000) << 16
    // Below 2^-14 there is no leading one, so that one is put there and taken away.
    const wide = exponent === 31 ? 255 : exponent === 0 ? 113 : exponent + 112
    view.setUint32(0, (sign | (wide << 23) | (fraction << 13)) >>> 0)
    const value = view.getFloat32(0)
    return exponent === 0 ? value - (sign === 0 ? 2 ** -14 : -(2 ** -14)) : value
  })
  // Zero keeps its sign.
  wanted[0x8000] = -0
  expect(found.every((value, i) => Object.is(value, wanted[i]))).toBe(true)
})

test('numbers that lie in memory as they are read are not copied, others are', () => {
  const shares = (array: NumericArray, descr: string, shift = 0) => {
    const header = headerOf(descr, `${array.length},`).padEnd(118 - 1)
    const file = fileOf(`${header}\n`, new Uint8Array(array.buffer))
    const held = new Uint8Array(file.length + shift)
    held.set(file, shift)
    const { data } = readNpy(held.subarray(shift))
    return [data.constructor, data.buffer === held.buffer]
  }
  expect(shares(Float32Array.of(1, 2), '<f4')).toEqual([Float32Array, true])
  expect(shares(Float64Array.of(1, 2), '<f8')).toEqual([Float64Array, true])
  expect(shares(Uint8Array.of(1, 2), '|u1', 1)).toEqual([Uint8Array, true])
  expect(shares(Uint8Array.of(1, 0), '|b1')).toEqual([Uint8Array, true])
  expect(shares(Float32Array.of(1, 2), '<f4', 4)).toEqual([Float32Array, true])
  expect(shares(Float64Array.of(1, 2), '<f8', 4)).toEqual([Float64Array, false])
  expect(shares(Float32Array.of(1, 2), '<f4', 1)).toEqual([Float32Array, false])
  expect(shares(Float32Array.of(1, 2), '>f4')).toEqual([Float32Array, false])
  expect(shares(Float64Array.of(1, 2), '>f8')).toEqual([Float64Array, false])
  expect(shares(Int32Array.of(1, 2), '<i4')).toEqual([Int32Array, false])
})

test('in Fortran order the first axis varies fastest', () => {
  for (const shape of [[], [5], [2, 3], [3, 1, 2], [2, 3, 4], [4, 1, 2, 3], [2, 0, 3]]) {
    const count = shape.reduce((a, b) => a * b, 1)
    const numbers = Int32Array.from({ length: count }, (_, i) => i * i)
    const stored = new Int32Array(count)
    for (let place = 0; place < count; place++) {
      // The index of this number in row-major order, axis by axis from the last.
      let rest = place
      const index = shape.map(() => 0)
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis]
        rest = Math.floor(rest / shape[axis])
      }
      stored[index.reduceRight((at, i, axis) => at * shape[axis] + i, 0)] = numbers[place]
    }
    const text = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`
    const file = fileOf(headerOf('<i4', text, 'True'), new Uint8Array(stored.buffer))
    expect(readNpy(file), text).toEqual(ndarray(numbers, shape))
    expect(npyLayout(file).isColumnMajor).toBe(true)
  }
})

test('texts lose all zeros at their end, and keep those between', () => {
  const wide = (...codes: number[]) => new Uint8Array(Uint32Array.from(codes).buffer)
  expect(npyTexts(fileOf(headerOf('|S4', '3,'), [65, 0, 0, 0, 0, 66, 0, 0, 0, 0, 0, 0]))).toEqual([
    'A',
    '\0B',
    '',
  ])
  expect(npyTexts(fileOf(headerOf('<U4', '2,'), wide(65, 0, 0, 0, 0, 66, 0, 0)))).toEqual(['A', '\0B'])
  expect(npyTexts(fileOf(headerOf('<U1', '0,')))).toEqual([])
  for (const odd of [1, 15, 17])
    expect(() => npyTexts(fileOf(headerOf('<U4', '1,'), new Uint8Array(odd)))).toThrow(/\[npy\/torn\]/)
})

describe('what is written', () => {
  const headerText = (file: Uint8Array) => {
    const view = new DataView(file.buffer)
    const [begin, length] = file[6] > 1 ? [12, view.getUint32(8, true)] : [10, view.getUint16(8, true)]
    return { text: new TextDecoder().decode(file.subarray(begin, begin + length)), start: begin + length }
  }

  test('names type and shape as Python does', () => {
    for (const [array, text] of [
      [ndarray(Float32Array.of(1, 2, 3), [3]), "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"],
      [ndarray(Float64Array.of(1, 2), [2, 1]), "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }"],
      [ndarray(Int32Array.of(1), []), "{'descr': '<i4', 'fortran_order': False, 'shape': (), }"],
      [ndarray(Uint8Array.of(1), [1]), "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }"],
    ] as const) {
      const file = writeNpy(array)
      expect(headerText(file).text).toBe(`${text.padEnd(117)}\n`)
      expect(file.subarray(0, 8)).toEqual(Uint8Array.from([0x93, ...ascii('NUMPY'), 1, 0]))
    }
  })

  test('is of version 2 where a header is longer than two bytes can tell', () => {
    for (const [rank, version] of [
      [21_000, 1],
      [21_700, 1],
      [21_900, 2],
      [25_000, 2],
    ]) {
      const array = ndarray(Uint8Array.of(7), new Array<number>(rank).fill(1))
      const file = writeNpy(array)
      const { text, start } = headerText(file)
      expect([file[6], start % 64, text.at(-1), file.length]).toEqual([version, 0, '\n', start + 1])
      expect(readNpy(file).shape).toHaveLength(rank)
    }
    // Where two bytes are just enough, and just not.
    for (let rank = 21_795; rank < 21_840; rank += 4) {
      const file = writeNpy(ndarray(Uint8Array.of(7), new Array<number>(rank).fill(1)))
      const { text, start } = headerText(file)
      expect([text.at(-1), file.length, readNpy(file).shape.length]).toEqual(['\n', start + 1, rank])
      expect(file[6], text.trimEnd().length.toString()).toBe(text.trimEnd().length > 65_460 ? 2 : 1)
    }
  })
})

test('a file ends behind its numbers, and takes the more of what it is and what its numbers are', () => {
  const layout = (descr: string, shape: string) => npyLayout(fileOf(headerOf(descr, shape)))
  const start = layout('<f4', '3, 4').start
  expect(endOf(layout('<f4', '3, 4'))).toBe(start + 48)
  expect(heldBytes(layout('<f4', '3, 4'))).toBe(start + 48)
  expect(endOf(layout('<f2', '300,'))).toBe(start + 600)
  expect(heldBytes(layout('<f2', '300,'))).toBe(1200)
  expect(heldBytes(layout('|i1', '300,'))).toBe(1200)
  expect(heldBytes(layout('|u1', '300,'))).toBe(start + 300)
})
