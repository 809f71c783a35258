import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NumericArray, ndarray } from '../../base/arrays.ts'
import { sizeOf } from '../../base/shape.ts'
import { readNpy, writeNpy } from './npy.ts'

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** Written by numpy.save from [[1, 2, 3], [4, 5, 6]]. */
const fortranFloat32 = bytesOf(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AACAQAAAAEAAAKBAAABAQAAAwEA=',
)
const bigEndianInt16 = bytesOf(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAQACAAMABAAFAAY=',
)

/** A .npy file with this header and these data bytes. */
function npyOf(descr: string, shape: string, data: Uint8Array, fortran = 'False'): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }\n`
  const opening = [0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8]
  return Uint8Array.from([...opening, ...Buffer.from(header), ...data])
}

const anArray = fc
  .tuple(
    fc.array(fc.nat(4), { maxLength: 4 }),
    fc.constantFrom<(values: number[]) => NumericArray>(
      (values) => Float32Array.from(values),
      (values) => Float64Array.from(values),
      (values) => Uint8Array.from(values),
      (values) => Int32Array.from(values),
    ),
    fc.array(fc.double(), { minLength: 1, maxLength: 20 }),
  )
  .map(([shape, make, values]) =>
    ndarray(make(Array.from({ length: sizeOf(shape) }, (_, i) => values[i % values.length])), shape),
  )

describe('readNpy', () => {
  test('gives back what writeNpy was given', () => {
    fc.assert(
      fc.property(anArray, (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array)
      }),
    )
  })

  test('reads a file that begins anywhere in memory', () => {
    const array = ndarray(Float64Array.of(1, 2.5), [2])
    const shifted = new Uint8Array([9, ...writeNpy(array)]).subarray(1)
    expect(readNpy(shifted)).toEqual(array)
  })

  test('reads Fortran order and big-endian integers, as NumPy writes them', () => {
    expect(readNpy(fortranFloat32)).toEqual(ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]))
    expect(readNpy(bigEndianInt16)).toEqual(ndarray(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]))
  })

  test('64-bit integers become int32, or float64 where they do not fit', () => {
    const int64 = (...values: bigint[]) => new Uint8Array(BigInt64Array.from(values).buffer)
    expect(readNpy(npyOf('<i8', '2,', int64(-1n, 7n))).data).toEqual(Int32Array.of(-1, 7))
    expect(readNpy(npyOf('<i8', '2,', int64(2n ** 40n, 7n))).data).toEqual(Float64Array.of(2 ** 40, 7))
    expect(() => readNpy(npyOf('<i8', '1,', int64(2n ** 60n)))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the integer 1152921504606847000; wanted integers between -2^53 and 2^53. Fix: save numbers that are not so large, or rounded ones: array.astype("float64"). [npy/integer-range]]`,
    )
  })

  test('refuses a file cut short at any byte', () => {
    const whole = writeNpy(ndarray(Float32Array.of(1, 2, 3), [3]))
    for (let length = 0; length < whole.length; length++)
      expect(() => readNpy(whole.subarray(0, length))).toThrow(/\[npy\/(torn|header)\]/)
  })

  test('reads float16', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x7c00, 0x8000)
    const { data } = readNpy(npyOf('<f2', '7,', new Uint8Array(halves.buffer)))
    expect(data).toEqual(
      Float32Array.of(1, -2, 0.333251953125, 2 ** -24, 65504, Number.POSITIVE_INFINITY, -0),
    )
  })

  test('says what is wrong', () => {
    const whole = writeNpy(ndarray(Float32Array.of(1, 2, 3), [3]))
    expect(() => readNpy(whole.subarray(0, 130))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a .npy file of 130 bytes; wanted 140 bytes for <f4 [3]. Fix: write the file again with numpy.save. [npy/torn]]`,
    )
    expect(() => readNpy(new Uint8Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a .npy file of 3 bytes without its opening mark; wanted \\x93NUMPY and a header. Fix: write the file again with numpy.save. [npy/torn]]`,
    )
    expect(() => readNpy(npyOf('<c8', '1,', new Uint8Array(8)))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: .npy elements of type <c8; wanted one of f2, f4, f8, b1, u1, i1, i2, u2, i4, u4, i8, u8. Fix: save both parts beside each other: numpy.stack([array.real, array.imag], axis=-1). [npy/type]]`,
    )
    const structured = Buffer.from("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")
    const bytes = Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, structured.length, 0, ...structured])
    expect(() => readNpy(bytes)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the .npy header {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }; wanted descr of one plain type, fortran_order and shape. Fix: of an array with fields save the numbers alone: numpy.lib.recfunctions.structured_to_unstructured(array); or all as a table: pandas.DataFrame(array).to_csv("table.csv", index=False). [npy/header]]`,
    )
  })
})

test('writeNpy puts the numbers at a multiple of 64 bytes', () => {
  expect(writeNpy(ndarray(Uint8Array.of(5), [1])).length).toBe(128 + 1)
})
