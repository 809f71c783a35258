import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { writeNpy } from './formats/npy.ts'
import { writeNpz } from './formats/npz.ts'
import { openBytes } from './open-bytes.ts'
import { openTableBytes } from './tables/open-table-bytes.ts'

const text = (content: string) => new TextEncoder().encode(content)
const images = ndarray(Uint8Array.of(0, 50, 100, 255, 1, 2, 3, 4), [2, 2, 2])
const labels = ndarray(Int32Array.of(3, 1), [2])

/** An IDX file of bytes, all alike, in gzip; `rows` is what its header says. */
function packedIdx(size: number, rows = size): Uint8Array {
  const idx = new Uint8Array(12 + size)
  idx.set([0, 0, 8, 2])
  new DataView(idx.buffer).setUint32(4, rows)
  idx[11] = 1
  return new Uint8Array(gzipSync(idx))
}

/** The most bytes of arrays that were there while something went on, above what was before. */
function peakOf(work: () => unknown): { readonly bytes: number; readonly error: unknown } {
  const before = process.memoryUsage().arrayBuffers
  let error: unknown
  try {
    work()
  } catch (thrown) {
    error = thrown
  }
  return { bytes: process.memoryUsage().arrayBuffers - before, error }
}

describe('sizes are checked before memory is taken', () => {
  const allowed = { memory: 2 ** 20 }
  test.each([
    ['more than is allowed', 'a.gz', packedIdx(2 ** 26), allowed, 'data/too-large'],
    ['a header of less', 'a.gz', packedIdx(2 ** 26, 10), {}, 'idx/torn'],
    ['a header of more', 'a.gz', packedIdx(10, 2 ** 26), {}, 'idx/torn'],
    [
      'text of more than is allowed',
      'a.csv.gz',
      new Uint8Array(gzipSync(Buffer.alloc(2 ** 26, '1\n'))),
      allowed,
      'data/too-large',
    ],
    [
      'an archive of more',
      'a.npz',
      writeNpz({ data: { data: new Float32Array(2 ** 24), shape: [2 ** 22, 4] } }),
      allowed,
      'data/too-large',
    ],
    [
      'labels of more',
      'a.npz',
      writeNpz({
        data: { data: new Float32Array(4), shape: [2, 2] },
        labels: { data: new Int32Array(2 ** 24), shape: [2 ** 24] },
      }),
      allowed,
      'data/too-large',
    ],
  ])('%s', (_, name, bytes, options, code) => {
    const { bytes: taken, error } = peakOf(() => openBytes(name, bytes, options))
    expect(error).toMatchObject({ code })
    expect(taken).toBeLessThan(2 ** 25)
  })

  test('more is allowed by an option, and data that are packed by little always are', () => {
    expect(openBytes('a.gz', packedIdx(2 ** 21), { memory: 2 ** 22 }).count).toBe(2 ** 21)
    const noise = Float32Array.from({ length: 2 ** 12 }, (_, i) => Math.sin(i * i))
    const npz = writeNpz({ data: { data: noise, shape: [2 ** 10, 4] } })
    expect(openBytes('a.npz', npz, { memory: 10 }).count).toBe(2 ** 10)
  })

  test('a few bytes that say that they are gigabytes are torn at once', () => {
    const bytes = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 255, 255, 255, 255])
    const { bytes: taken, error } = peakOf(() => openBytes('a-idx3-ubyte.gz', bytes))
    expect(error).toMatchObject({ code: 'gzip/torn' })
    expect(taken).toBeLessThan(2 ** 16)
    expect(peakOf(() => openTableBytes('a.csv.gz', bytes)).error).toMatchObject({ code: 'gzip/torn' })
  })

  test('says what to do', () => {
    expect(() => openBytes('a.gz', packedIdx(2 ** 21), { memory: 1000 })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.gz: 2076 bytes that unpack to 2097164; wanted at most 1000 bytes in memory. Fix: unpack them first (gzip -d, numpy.savez), or give { memory }. [data/too-large]]`,
    )
  })
})

describe('openBytes', () => {
  test('knows a format by the file’s name', () => {
    expect(openBytes('a/b/pima.csv', text('a,label\n1.5,0\n-2,1\n'))).toMatchObject({
      name: 'pima',
      count: 2,
      exampleShape: [1],
      columns: ['a'],
      labels: Int32Array.of(0, 1),
    })
    expect(openBytes('C:\\data\\faces.v2.npy', writeNpy(images))).toMatchObject({
      name: 'faces.v2',
      exampleShape: [1, 2, 2],
    })
  })

  test('or by its first bytes, under gzip too', () => {
    const idx = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 9)
    for (const bytes of [writeNpy(images), writeNpz({ images }), idx]) {
      expect(openBytes('file', bytes).count).toBe(2)
      expect(openBytes('file.gz', new Uint8Array(gzipSync(bytes)))).toMatchObject({ name: 'file', count: 2 })
    }
  })

  test('.npz: finds examples and labels by their usual names, or takes those named', () => {
    const other = ndarray(Float32Array.of(1, 2), [2, 1])
    const file = writeNpz({ other, X: images, y: labels, classes: ndarray(Int32Array.of(0, 0), [2]) })
    expect(openBytes('f.npz', file)).toMatchObject({ exampleShape: [1, 2, 2], labels: Int32Array.of(3, 1) })
    expect(openBytes('f.npz', file, { array: 'other', label: 'classes' })).toMatchObject({
      exampleShape: [1],
      labels: Int32Array.of(0, 0),
    })
    expect(openBytes('f.npz', writeNpz({ labels, anything: other })).exampleShape).toEqual([1])
  })

  test('says what is wrong, naming the file', () => {
    const open =
      (name: string, bytes: Uint8Array, options = {}) =>
      () =>
        openBytes(`some/${name}`, bytes, options)
    const npz = writeNpz({ images, labels })
    expect(open('a.csv', text('x,y\n1,two\n'))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.csv: the text "two" at row 1 (line 2), column "y"; wanted a number. Fix: train without --likelihood, which reads texts and gaps, too; or leave the column out, or write its classes as numbers. [csv/text]]`,
    )
    expect(open('a.txt', text('1 2 3'))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.txt: a file of no format known here; wanted one of .npy, .npz, IDX, .csv, gzip or not. Fix: save the data in one of these formats. [data/format]]`,
    )
    expect(open('a.npz', npz, { array: 'x' })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.npz: no array "x" for examples; wanted one of images, labels. Fix: name an array that the file holds. [npz/key]]`,
    )
    expect(open('a.npz', npz, { classes: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.npz: label outside range: 3 at row 1; wanted whole numbers from 0 to 2. Fix: number the classes from 0, or name another label column. [data/label-range]]`,
    )
    expect(open('a.npz', writeNpz({ labels }))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.npz: the arrays labels in "a"; wanted one with two axes or more. Fix: save the examples as "data". [npz/no-examples]]`,
    )
    expect(open('a.npy', text('hello'))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a.npy: a .npy file of 5 bytes without its opening mark; wanted \\x93NUMPY and a header. Fix: write the file again with numpy.save. [npy/torn]]`,
    )
  })
})
