import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LogScale, numberAt, PLACES, placeOf } from './log-scale.ts'

const beta: LogScale = { min: 0.01, max: 100, zero: true, marks: [0.1, 0.5, 1, 2, 4, 8, 16] }

test('the ends are the ends, and the leftmost place is nothing at all', () => {
  expect(numberAt(0, beta)).toBe(0)
  expect(numberAt(1, beta)).toBe(0.01)
  expect(numberAt(PLACES, beta)).toBe(100)
  expect(placeOf(1000, beta)).toBe(PLACES)
  expect(placeOf(0, { min: 1, max: 10 })).toBe(0)
})

test('settles on a mark that is near', () => {
  for (const mark of beta.marks ?? []) expect(numberAt(Math.round(placeOf(mark, beta)), beta)).toBe(mark)
})

test('two significant digits are where they say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: PLACES }), (place) => {
      expect(Math.abs(placeOf(numberAt(place, beta), beta) - place)).toBeLessThan(1.5)
    }),
  )
})

test('further right is more', () => {
  const numbers = Array.from({ length: PLACES + 1 }, (_, place) => numberAt(place, beta))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers)
})
