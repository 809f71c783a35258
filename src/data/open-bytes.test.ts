import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { writeNpy } from './formats/npy.ts'
import { writeNpz } from './formats/npz.ts'
import { openBytes } from './open-bytes.ts'

const text = (content: string) => new TextEncoder().encode(content)
const images = ndarray(Uint8Array.of(0, 50, 100, 255, 1, 2, 3, 4), [2, 2, 2])
const labels = ndarray(Int32Array.of(3, 1), [2])

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
      `[BetavaeError: a.csv: the text "two" at row 1 (line 2), column "y"; wanted a number. Fix: leave the column out, or write its classes as numbers. [csv/text]]`,
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
