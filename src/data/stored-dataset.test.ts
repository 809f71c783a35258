import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { datasetFrom } from './assemble.ts'
import { writeNpy } from './formats/npy.ts'
import { openBytes, openStored } from './open-bytes.ts'
import type { StoredBytes } from './stored-bytes.ts'

/** A file in memory that is read as one on a disk is. */
const storedOf = (file: Uint8Array): StoredBytes => ({
  size: file.length,
  opening: async (length) => file.slice(0, length),
  async records({ start, width }, indices) {
    const out = new Uint8Array(indices.length * width)
    for (let place = 0; place < indices.length; place++) {
      const from = start + indices[place] * width
      out.set(file.subarray(from, from + width), place * width)
    }
    return out
  },
})

const bigEndian = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]

/** A .npy file of any element type, from bytes. */
function npyOf(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = Buffer.from(
    `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`,
  )
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0, ...header, ...data])
}

const idxOf = (type: number, shape: readonly number[], data: Uint8Array) =>
  Uint8Array.from([0, 0, type, shape.length, ...shape.flatMap(bigEndian), ...data])

const elements: readonly [string, number, number][] = [
  ['|u1', 8, 1],
  ['|i1', 9, 1],
  ['>i2', 11, 2],
  ['>i4', 12, 4],
  ['>f4', 13, 4],
  ['>f8', 14, 8],
  ['<f4', 0, 4],
  ['<f8', 0, 8],
  ['<i8', 0, 8],
  ['<u4', 0, 4],
]

const aShape = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5 })),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constant(2), fc.constant(2), fc.constant(3)),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constant(3), fc.constant(2), fc.constant(5)),
)

/** A file of random bytes, or of few and small ones, so that bits, bytes and unit intervals come up too. */
const aFile = fc
  .record({
    element: fc.constantFrom(...elements),
    shape: aShape,
    most: fc.constantFrom(0, 1, 2, 255),
    seed: fc.nat(1000),
    isIdx: fc.boolean(),
  })
  .map(({ element: [descr, type, width], shape, most, seed, isIdx }) => {
    const count = shape.reduce((a, b) => a * b, 1)
    const values = Array.from({ length: count }, (_, i) => ((i + seed) * 7919) % (most + 1))
    const data = Uint8Array.from(values.flatMap((value) => bytesOf(value, descr, width)))
    return isIdx && type > 0 ? idxOf(type, shape, data) : npyOf(descr, shape, data)
  })

/** A number as a file of this type holds it. */
function bytesOf(value: number, descr: string, width: number): number[] {
  const view = new DataView(new ArrayBuffer(8))
  const little = descr[0] === '<'
  if (descr[1] === 'f') width === 4 ? view.setFloat32(0, value, little) : view.setFloat64(0, value, little)
  else if (width === 8) view.setBigInt64(0, BigInt(value), little)
  else if (width === 4) view.setInt32(0, value, little)
  else if (width === 2) view.setInt16(0, value, little)
  else view.setUint8(0, value)
  return [...new Uint8Array(view.buffer, 0, width)]
}

describe('a file that is read row by row', () => {
  test('makes the data set that the whole of it makes', async () => {
    await fc.assert(
      fc.asyncProperty(aFile, async (file) => {
        const whole = openBytes('toy', file)
        const rows = await openStored('toy', storedOf(file))
        const { read: _, prefetch: __, ...about } = rows ?? {}
        const { read: ___, ...wanted } = whole
        expect(about).toEqual(wanted)
        const indices = Uint32Array.from({ length: whole.count + 2 }, (_, i) => (i * 5) % whole.count)
        expect(await rows?.read(indices)).toEqual(await whole.read(indices))
      }),
      { numRuns: 150 },
    )
  })

  test('checks every number, and says where the bad one is', async () => {
    const values = new Float32Array(300 * 4)
    values[200 * 4 + 2] = Number.NaN
    const stored = openStored('data/toy.npy', storedOf(writeNpy(ndarray(values, [300, 4]))))
    await expect(stored).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: toy.npy: the value NaN in row 201 of "toy", position 3; wanted finite numbers in the range of float32. Fix: leave the row out, or fill the value in. [data/not-finite]]`,
    )
    expect(() => datasetFrom(ndarray(values, [300, 4]), { name: 'toy' })).toThrow(
      'row 201 of "toy", position 3',
    )
  })

  test('tells defaults by the last row as well as by the first', async () => {
    const values = new Float32Array(5000).fill(0.5)
    const defaults = async () =>
      (await openStored('toy', storedOf(writeNpy(ndarray(values, [5000, 1])))))?.defaults
    expect(await defaults()).toMatchObject({ likelihood: 'bernoulli' })
    values[4999] = -0.5
    expect(await defaults()).toMatchObject({ likelihood: 'gaussian', scaling: 'standardize' })
  })

  test('bytes are looked at no further than it takes', async () => {
    const file = writeNpy(ndarray(new Uint8Array(10_000).fill(200), [10_000, 1]))
    const stored = storedOf(file)
    const read: number[] = []
    await openStored('toy', {
      ...stored,
      records: (place, indices) => {
        read.push(indices.length)
        return stored.records(place, indices)
      },
    })
    expect(read).toEqual([64, 128])
  })

  test('formats that must be read whole are left to others', async () => {
    expect(await openStored('toy.csv', storedOf(Uint8Array.from(Buffer.from('a\n1\n'))))).toBeUndefined()
    // What is packed has been unpacked before.
    await expect(openStored('toy.npy', storedOf(Uint8Array.of(0x1f, 0x8b, 8)))).rejects.toThrow('[npy/torn]')
  })

  test('says what is wrong', async () => {
    const file = writeNpy(ndarray(new Float32Array(6), [3, 2]))
    const fortran = Uint8Array.from(file)
    fortran.set(Buffer.from('True, '), Buffer.from(file).indexOf('False,'))
    await expect(openStored('toy.npy', storedOf(fortran))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: toy.npy: the numbers of "toy" in Fortran order, too many to be held; wanted C order, where the numbers of an example lie together. Fix: save numpy.ascontiguousarray(array). [data/column-major]]`,
    )
    await expect(
      openStored('toy.npy', storedOf(file.subarray(0, 140))),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: toy.npy: a .npy file of 140 bytes; wanted 152 bytes for <f4 [3, 2]. Fix: write the file again with numpy.save. [npy/torn]]`,
    )
    await expect(openStored('toy.bin', storedOf(Uint8Array.of(1, 2, 3)))).rejects.toThrow('[data/format]')
  })
})
