import fc from 'fast-check'
import { expect, test } from 'vitest'
import { squared } from './resize.ts'

const numbers = (length: number, value: (i: number) => number) =>
  Uint8Array.from({ length }, (_, i) => value(i))

test('an image of the size wanted stays as it is', () => {
  const plane = numbers(25, (i) => (i * 97) % 256)
  expect(squared(plane, { width: 5, height: 5, size: 5 })).toEqual(plane)
})

test('one level stays one level, larger or smaller', () => {
  for (const size of [1, 2, 3, 7, 16])
    expect(
      squared(
        numbers(2 * 5 * 9, () => 77),
        { width: 9, height: 5, size },
      ),
    ).toEqual(numbers(2 * size * size, () => 77))
})

test('a ramp stays a ramp: means of it where it shrinks, lines between its points where it grows', () => {
  const ramp = numbers(16 * 16, (i) => 10 * (i % 16))
  const row = (size: number) => [...squared(ramp, { width: 16, height: 16, size }).subarray(0, size)]
  // Centers of thirds, quarters, … of the line lie at (i + ½)·16/n − ½; the ends lean inward.
  expect(row(4).slice(1, 3)).toEqual([55, 95])
  expect(row(32).slice(1, 5)).toEqual([3, 8, 13, 18])
})

test('golden: what Pillow 13 makes of it with BILINEAR', () => {
  const plane = numbers(64, (i) => (i * 7919 + i * i * 31) % 256)
  expect([...squared(plane, { width: 8, height: 8, size: 3 })]).toEqual([
    88, 140, 141, 122, 92, 118, 138, 150, 123,
  ])
})

test('the square is the one in the middle, in every channel', () => {
  // Columns 0 to 5, or rows; the middle two are 2 and 3.
  const wide = numbers(2 * 6 * 2, (i) => 10 * (i % 6) + (i < 12 ? 0 : 100))
  expect([...squared(wide, { width: 6, height: 2, size: 2 })]).toEqual([20, 30, 20, 30, 120, 130, 120, 130])
  const tall = numbers(12, (i) => 10 * Math.floor(i / 2))
  expect([...squared(tall, { width: 2, height: 6, size: 2 })]).toEqual([20, 20, 30, 30])
})

/** The same by its definition: each new pixel is a mean of all of the square, weighed by a triangle in both directions. */
function byDefinition(
  plane: Uint8Array,
  { width, height, size }: { width: number; height: number; size: number },
): number[] {
  const side = Math.min(width, height)
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)]
  const scale = side / size
  const reach = Math.max(1, scale)
  const weight = (from: number, to: number) =>
    Math.max(0, 1 - Math.abs(from + 0.5 - (to + 0.5) * scale) / reach)
  return Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)]
    let [sum, total] = [0, 0]
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const share = weight(column, x) * weight(row, y)
        sum += share * plane[(top + row) * width + left + column]
        total += share
      }
    return sum / total
  })
}

test('a square of any image is that of the definition', () => {
  const extent = fc.integer({ min: 1, max: 11 })
  fc.assert(
    fc.property(
      extent,
      extent,
      fc.integer({ min: 1, max: 14 }),
      fc.nat(2),
      fc.nat(1000),
      (width, height, size, more, seed) => {
        const channels = 1 + more
        const planes = numbers(channels * width * height, (i) => (i * i * 7919 + i * (seed + 31)) % 256)
        const found = squared(planes, { width, height, size })
        expect(found).toHaveLength(channels * size * size)
        for (let channel = 0; channel < channels; channel++) {
          const plane = planes.subarray(channel * width * height, (channel + 1) * width * height)
          for (const [at, wanted] of byDefinition(plane, { width, height, size }).entries())
            expect(Math.abs(found[channel * size * size + at] - wanted)).toBeLessThan(0.5 + 1e-9)
        }
      },
    ),
  )
})
