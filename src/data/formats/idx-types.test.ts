import { expect, test } from 'vitest'
import { idxLayout, isIdx, readIdx } from './idx.ts'

/** An IDX file [3] of numbers as `write` writes them, `width` bytes each. */
function threeOf(type: number, width: number, write: (view: DataView, at: number, i: number) => void) {
  const file = new Uint8Array(8 + 3 * width)
  file.set([0, 0, type, 1, 0, 0, 0, 3])
  const view = new DataView(file.buffer)
  for (let i = 0; i < 3; i++) write(view, 8 + i * width, i)
  return file
}

const files = {
  'signed bytes': [threeOf(9, 1, (view, at, i) => view.setInt8(at, [-128, -1, 127][i])), [-128, -1, 127]],
  int16: [threeOf(11, 2, (view, at, i) => view.setInt16(at, [-300, 7, 32767][i])), [-300, 7, 32767]],
  int32: [
    threeOf(12, 4, (view, at, i) => view.setInt32(at, [-70_000, 3, 2 ** 31 - 1][i])),
    [-70_000, 3, 2 ** 31 - 1],
  ],
  float32: [threeOf(13, 4, (view, at, i) => view.setFloat32(at, [1.5, -0.25, 3e9][i])), [1.5, -0.25, 3e9]],
  float64: [threeOf(14, 8, (view, at, i) => view.setFloat64(at, [0.1, -2, 1e300][i])), [0.1, -2, 1e300]],
  bytes: [threeOf(8, 1, (view, at, i) => view.setUint8(at, [0, 128, 255][i])), [0, 128, 255]],
} as const satisfies Record<string, readonly [Uint8Array, readonly number[]]>

test.each(Object.entries(files))(
  '%s are read one by one, wherever the file begins in its memory',
  (_, [file, numbers]) => {
    expect([...readIdx(file).data]).toEqual([...numbers])
    const shifted = new Uint8Array(file.length + 3)
    shifted.set(file, 3)
    expect([...readIdx(shifted.subarray(3)).data]).toEqual([...numbers])
    expect(readIdx(file).shape).toEqual([3])
  },
)

test('each kind has its width, and a byte too many or too few is refused', () => {
  const widths = { 'signed bytes': 1, int16: 2, int32: 4, float32: 4, float64: 8, bytes: 1 }
  for (const [name, [file]] of Object.entries(files)) {
    const { width, start, shape, isColumnMajor } = idxLayout(file, file.length)
    expect([name, width, start, shape, isColumnMajor]).toEqual([
      name,
      widths[name as keyof typeof widths],
      8,
      [3],
      false,
    ])
    for (const size of [file.length - 1, file.length + 1])
      expect(() => idxLayout(file, size)).toThrow(/\[idx\/torn\]/)
  }
})

test('the opening mark is two zeros, a known kind and a rank', () => {
  expect(isIdx(Uint8Array.of(0, 0, 8, 1))).toBe(true)
  for (const other of [
    [1, 0, 8, 1],
    [0, 1, 8, 1],
    [0, 0, 10, 1],
    [0, 0, 8, 0],
  ])
    expect(isIdx(Uint8Array.from(other)), String(other)).toBe(false)
})

test('a header that ends where the numbers would begin is whole: the file is empty', () => {
  expect(readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0)).shape).toEqual([0])
  expect(() => idxLayout(Uint8Array.of(0, 0, 8, 1, 0, 0, 0), 8)).toThrow(/a header of 8 bytes/)
  // How many numbers follow need not be known.
  expect(idxLayout(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 5))).toMatchObject({ shape: [5], start: 8, width: 1 })
})
