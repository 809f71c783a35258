import { expect, test } from 'vitest'
import { concat } from '../../graph/ops/concat.ts'
import { input } from '../../graph/ops/input.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { array, evaluated } from '../../testing/evaluated.ts'
import { checkGradient, weighted } from '../../testing/probing.ts'
import { multiScaleSimilarity, scalesOf } from './structural-similarity.ts'

type Size = readonly [channels: number, height: number, width: number]

/** A picture of waves and squares, and the same with other light, contrast and small waves upon it. */
function pair([channels, height, width]: Size) {
  const at = (make: (c: number, i: number, j: number) => number) =>
    Array.from({ length: channels * height * width }, (_, n) => {
      const j = n % width
      const i = Math.floor(n / width) % height
      return make(Math.floor(n / (width * height)), i, j)
    })
  const picture = (c: number, i: number, j: number) =>
    0.5 + 0.25 * Math.sin(0.31 * i + c) * Math.cos(0.17 * j) + (i % 16 < 8 && j % 16 < 8 ? 0.15 : -0.05)
  const changed = (c: number, i: number, j: number) =>
    0.85 * picture(c, i, j) + 0.04 + 0.06 * Math.sin(1.9 * i + 0.4 * c) * Math.sin(2.3 * j)
  return { x: at(picture), y: at(changed) }
}

async function similarity(size: Size, other?: readonly number[]): Promise<number> {
  const { x, y } = pair(size)
  const shape = [1, ...size]
  const value = multiScaleSimilarity(input('x', shape), input('y', shape), 1)
  const { value: found } = await evaluated({ value }, { x: array(x, shape), y: array(other ?? y, shape) })
  return found[0]
}

/** From the definition by SciPy in float64: `correlate2d` with mode "valid", means of 2×2 between scales. */
const known: readonly (readonly [Size, number])[] = [
  [[1, 8, 8], 0.8421523708666622],
  [[1, 28, 28], 0.9712086946655036],
  [[3, 45, 50], 0.9785459784123975],
  [[1, 176, 180], 0.9832538354528302],
  [[1, 1, 30], 0.9864874624997568],
]

test.each(known)('of %j it is what the definition gives', async (size, wanted) => {
  expect(await similarity(size)).toBeCloseTo(wanted, 9)
})

test('of an image with itself it is 1, and the more that is changed the less', async () => {
  const size: Size = [1, 24, 24]
  const { x, y } = pair(size)
  expect(await similarity(size, x)).toBeCloseTo(1, 12)
  const half = x.map((value, i) => (value + y[i]) / 2)
  expect(await similarity(size, half)).toBeGreaterThan(await similarity(size))
  const opposite = x.map((value) => 1 - value)
  expect(await similarity(size, opposite)).toBeLessThan(0.01)
})

test('there are as many scales as the window fits into', () => {
  const counts = [176, 175, 88, 44, 28, 21, 8].map((side) => scalesOf([side, side]).length)
  expect(counts).toEqual([5, 4, 4, 3, 2, 1, 1])
})

test('its gradient matches central differences', async () => {
  const size: Size = [2, 23, 22]
  const { x, y } = pair(size)
  const [first, second] = [input('x', [1, ...size]), input('y', [1, 2, 23, 22])]
  const few = y.slice(0, 40)
  // Of a thousand pixels the first forty are moved.
  const moved = input('few', [40])
  const flat = reshape(second, [y.length])
  const whole = reshape(concat([moved, slice(flat, 0, 40, y.length)], 0), [1, ...size])
  const check = await checkGradient(weighted(multiScaleSimilarity(first, whole, 1)), ['few'], [moved], {
    x: array(x, [1, ...size]),
    y: array(y, [1, ...size]),
    few: array(few),
  })
  expect(check.worst).toBeLessThan(1e-7)
})
