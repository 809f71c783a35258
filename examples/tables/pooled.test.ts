import { expect, test } from 'vitest'
import { meanOf, pooled } from './pooled.ts'

test('Rubin’s rules: what tables differ by widens the interval', () => {
  const { value, variance, low, high, lost } = pooled([
    { value: 1, variance: 0.5 },
    { value: 2, variance: 0.5 },
    { value: 3, variance: 0.5 },
  ])
  expect(value).toBe(2)
  // Within 0.5, between 1, and a third of that for there being three tables.
  expect(variance).toBeCloseTo(0.5 + 4 / 3, 12)
  expect(lost).toBeCloseTo(1 - 0.5 / (0.5 + 4 / 3), 12)
  expect([low, high].map((end) => Math.abs(end - 2))).toEqual([high - 2, high - 2])
})

test('the mean of a column and its variance, gaps aside', () => {
  expect(meanOf([1, null, 3])).toEqual({ value: 2, variance: 1 })
})
