import { expect, test } from 'vitest'
import { spreadEvenly } from './held-out-scores.ts'

test('of few rows all are taken, of many some from everywhere', () => {
  expect([...spreadEvenly(4, 10)]).toEqual([0, 1, 2, 3])
  expect([...spreadEvenly(10, 5)]).toEqual([0, 2, 4, 6, 8])
  const many = spreadEvenly(1_000_003, 10_000)
  expect(new Set(many).size).toBe(10_000)
  expect(many[9999]).toBeGreaterThan(999_000)
  expect(many[9999]).toBeLessThan(1_000_003)
})
