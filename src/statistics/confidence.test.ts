import { describe, expect, test } from 'vitest'
import { confidenceOf, tCritical } from './confidence.ts'

describe('confidence over repetitions', () => {
  // Any table of Student's t: 97.5% and 99.5% points.
  test.each([
    [0.95, 1, 12.7062047],
    [0.95, 2, 4.3026527],
    [0.95, 3, 3.1824463],
    [0.95, 4, 2.7764451],
    [0.95, 9, 2.2621572],
    [0.95, 30, 2.0422725],
    [0.99, 5, 4.032143],
  ])('Student’s t at %d with %d degrees of freedom is %d', (level, freedom, t) => {
    expect(tCritical(level, freedom)).toBeCloseTo(t, 6)
  })

  test('the interval is mean ± t·s/√n', () => {
    const { mean, standardDeviation, interval } = confidenceOf([1, 2, 3, 4, 5])
    expect(mean).toBe(3)
    expect(standardDeviation).toBeCloseTo(Math.sqrt(2.5), 12)
    const half = 2.7764451 * Math.sqrt(2.5 / 5)
    expect(interval?.low).toBeCloseTo(3 - half, 6)
    expect(interval?.high).toBeCloseTo(3 + half, 6)
    expect(interval?.level).toBe(0.95)
  })

  test('is a point where repetitions agree, and absent for one', () => {
    expect(confidenceOf([0.5, 0.5, 0.5]).interval).toEqual({ level: 0.95, low: 0.5, high: 0.5 })
    expect(confidenceOf([0.7])).toEqual({ mean: 0.7 })
  })
})
