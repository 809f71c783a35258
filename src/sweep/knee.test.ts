import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kneeOf, type RatePoint } from './knee.ts'

const points = (...places: readonly (readonly [rate: number, distortion: number])[]): RatePoint[] =>
  places.map(([rate, distortion]) => ({ rate, distortion }))

test('the point farthest below the line between the ends', () => {
  const knee = kneeOf(points([40, 60], [20, 70], [5, 120], [0, 200]))
  // On axes of 0 … 1: (0.5, 10/140) and (0.125, 60/140).
  expect(knee).toEqual({ index: 2, depth: 1 - 0.125 - 60 / 140, exchange: 140 / 40 })
  expect(knee?.depth).toBeGreaterThan(1 - 0.5 - 10 / 140)
})

test('an L has its corner at depth 1, a straight line has no depth', () => {
  expect(kneeOf(points([10, 0], [0, 0], [0, 30]))).toMatchObject({ index: 1, depth: 1 })
  expect(kneeOf(points([10, 0], [5, 15], [0, 30]))?.depth).toBeCloseTo(0, 12)
})

test('there is none without three points, or where nothing is traded', () => {
  expect(kneeOf(points([10, 0], [0, 30]))).toBeUndefined()
  expect(kneeOf(points([1, 2], [1, 5], [1, 7]))).toBeUndefined()
  expect(kneeOf(points([1, 2], [4, 2], [6, 2]))).toBeUndefined()
})

test('units do not move it', () => {
  const number = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number), { minLength: 3, maxLength: 8 }),
      fc.integer({ min: 1, max: 1000 }),
      number,
      (places, scale, shift) => {
        const before = kneeOf(points(...places))
        const after = kneeOf(points(...places.map(([r, d]) => [r * scale, d * scale + shift] as const)))
        fc.pre(before !== undefined)
        expect(after?.depth).toBeCloseTo(before.depth, 9)
      },
    ),
  )
})
