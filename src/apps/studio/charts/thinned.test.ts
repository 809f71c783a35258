import { expect, test } from 'vitest'
import { groupOf, newest, thinned } from './thinned.ts'

test('groups grow by doubling, so that points seldom move', () => {
  expect([0, 1, 10, 11, 20, 21, 41].map((length) => groupOf(length, 10))).toEqual([1, 1, 1, 2, 2, 4, 8])
})

test('means are over the numbers that there are', () => {
  expect(thinned([1, 3, null, Number.NaN, null, 5, 7], 2)).toEqual([2, null, 5, 7])
  expect(thinned(Float64Array.of(1, 2), 1)).toEqual([1, 2])
})

test('the newest number is not after the place', () => {
  expect(newest([1, null, Number.NaN, 4], 2)).toBe(1)
  expect(newest([null], 0)).toBeUndefined()
})
