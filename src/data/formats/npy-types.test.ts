import { describe, expect, test } from 'vitest'
import { npyTexts, readNpy } from './npy.ts'

/** A .npy file of version 1.0 whose data `write` writes. */
function npy(
  descr: string,
  count: number,
  width: number,
  write: (view: DataView, at: number, i: number) => void,
) {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }\n`
  const start = 10 + header.length
  const file = new Uint8Array(start + count * width)
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length & 255, header.length >> 8])
  file.set(new TextEncoder().encode(header), 10)
  const view = new DataView(file.buffer)
  for (let i = 0; i < count; i++) write(view, start + i * width, i)
  return file
}

const plain = [3, 0, 100]
const signed = [-3, 0, 100]

describe.each([
  ['<', true],
  ['>', false],
] as const)('byte order %s', (order, little) => {
  test.each<[string, number, number[], (view: DataView, at: number, value: number) => void]>([
    ['i2', 2, signed, (view, at, value) => view.setInt16(at, value, little)],
    ['u2', 2, [...plain, 65535], (view, at, value) => view.setUint16(at, value, little)],
    ['i4', 4, [...signed, -(2 ** 31)], (view, at, value) => view.setInt32(at, value, little)],
    ['u4', 4, [...plain, 2 ** 32 - 1], (view, at, value) => view.setUint32(at, value, little)],
    ['i8', 8, [...signed, -(2 ** 40)], (view, at, value) => view.setBigInt64(at, BigInt(value), little)],
    ['u8', 8, [...plain, 2 ** 52], (view, at, value) => view.setBigUint64(at, BigInt(value), little)],
    ['f4', 4, [1.5, -2.25, 3e20].map(Math.fround), (view, at, value) => view.setFloat32(at, value, little)],
    ['f8', 8, [0.1, -2, 1e300], (view, at, value) => view.setFloat64(at, value, little)],
  ])('%s is read exactly, wherever the file begins in its memory', (type, width, values, write) => {
    const file = npy(`${order}${type}`, values.length, width, (view, at, i) => write(view, at, values[i]))
    for (const shift of [0, 1, 2, 4, 7]) {
      const held = new Uint8Array(file.length + shift)
      held.set(file, shift)
      expect([...readNpy(held.subarray(shift)).data], `shift ${shift}`).toEqual(values)
    }
  })

  test('texts of characters are read, and one that is none is refused', () => {
    const text = (codes: number[]) =>
      npy(`${order}U2`, codes.length / 2, 8, (view, at, i) => {
        view.setUint32(at, codes[2 * i], little)
        view.setUint32(at + 4, codes[2 * i + 1], little)
      })
    expect(npyTexts(text([65, 0, 0x1f600, 0x10ffff]))).toEqual(['A', '\u{1f600}\u{10ffff}'])
    expect(() => npyTexts(text([65, 0x110000]))).toThrow(/\[npy\/torn\]/)
  })
})

test('texts of bytes lose the zeros at their end alone', () => {
  const bytes = [65, 0, 66, 0, 67, 0]
  const texts = npy('|S3', 2, 3, (view, at, i) => {
    for (let k = 0; k < 3; k++) view.setUint8(at + k, bytes[3 * i + k])
  })
  expect(npyTexts(texts)).toEqual(['A\0B', '\0C'])
  expect(npyTexts(npy('<f4', 1, 4, () => {}))).toBeUndefined()
  expect(() => npyTexts(npy('|S3', 2, 3, () => {}).slice(0, -1))).toThrow(/\[npy\/torn\]/)
})

test.each([
  ['|O', 'save what the objects are'],
  ['<U3', 'number the texts first'],
  ['|S3', 'number the texts first'],
  ['<c8', 'both parts beside each other'],
  ['<constructor', 'numbers of 64 bits at most'],
  ['<__proto__', 'numbers of 64 bits at most'],
])('numbers of type %s are refused, and how to save them is said', (descr, fix) => {
  expect(() => readNpy(npy(descr, 1, 12, () => {}))).toThrow(
    expect.objectContaining({ code: 'npy/type', fix: expect.stringContaining(fix) }),
  )
})

test('integers beyond 2^53 are refused', () => {
  const of = (value: bigint) => npy('<i8', 1, 8, (view, at) => view.setBigInt64(at, value, true))
  expect([...readNpy(of(2n ** 53n - 1n)).data]).toEqual([2 ** 53 - 1])
  for (const wide of [2n ** 53n, -(2n ** 53n)])
    expect(() => readNpy(of(wide))).toThrow(/\[npy\/integer-range\]/)
})
