import fc from 'fast-check'
import { expect, test } from 'vitest'
import { samePadding, stridedSize } from './spatial.ts'

test.each([
  [64, 4, 2, [1, 1]],
  [64, 2, 2, [0, 0]],
  [64, 3, 2, [0, 1]],
  [7, 4, 2, [1, 2]],
  [5, 3, 1, [1, 1]],
  [6, 1, 2, [0, 0]],
] as const)(
  'a side of %i with kernel %i and stride %i is padded as in TensorFlow',
  (side, kernel, stride, wanted) => {
    const [top, left, bottom, right] = samePadding([side, side], kernel, stride)
    expect([top, bottom]).toEqual(wanted)
    expect([left, right]).toEqual(wanted)
  },
)

test('padding is just what the strided size needs', () => {
  const extent = fc.integer({ min: 1, max: 40 })
  const small = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(extent, extent, small, small, (height, width, kernel, stride) => {
      const [top, left, bottom, right] = samePadding([height, width], kernel, stride)
      const windows = [height + top + bottom, width + left + right].map(
        (side) => Math.floor((side - kernel) / stride) + 1,
      )
      expect(windows).toEqual(stridedSize([height, width], stride))
      for (const [before, after] of [
        [top, bottom],
        [left, right],
      ]) {
        expect(after - before === 0 || after - before === 1).toBe(true)
        expect(before + after).toBeLessThan(kernel)
      }
    }),
  )
})
