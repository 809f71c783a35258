import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linearScale, padded, ticksOf, tickText } from './scale.ts'

const domain = fc
  .tuple(fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
  .map(([low, extent]) => [low, low + extent] as const)
  .filter(([low, high]) => high - low > 1e-9 * Math.max(1, Math.abs(low)))

describe('ticks', () => {
  test('lie in the domain, equally far apart, a round step from one to the next', () => {
    fc.assert(
      fc.property(domain, fc.integer({ min: 2, max: 10 }), ([low, high], count) => {
        const { values, step } = ticksOf([low, high], count)
        const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9)
        expect([1, 2, 5].some((nice) => Math.abs(digit - nice) < 1e-6)).toBe(true)
        expect(values.length).toBeLessThanOrEqual(count + 1)
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6 * step)
          expect(value).toBeLessThanOrEqual(high + 1e-6 * step)
          expect(Math.abs(value / step - Math.round(value / step))).toBeLessThan(1e-3)
        }
        // No room for one more at either end.
        if (values.length > 0) {
          expect(values[0] - step).toBeLessThan(low)
          expect(values[values.length - 1] + step).toBeGreaterThan(high)
        }
      }),
    )
  })

  test('known ones', () => {
    expect(ticksOf([0, 1], 5).values).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticksOf([-0.3, 0.3], 5).values).toEqual([-0.2, 0, 0.2])
    expect(ticksOf([0, 1], 5, true).values).toEqual([0, 1])
    expect(ticksOf([4, 4], 5)).toEqual({ values: [4], step: 1 })
  })

  test('are written with the decimals of their step', () => {
    expect([tickText(0.2, 0.2), tickText(-1, 0.5), tickText(1500, 500), tickText(2e7, 1e7)]).toEqual([
      '0.2',
      '−1.0',
      '1,500',
      '2e+7',
    ])
  })
})

test('a scale meets the ends of its range', () => {
  fc.assert(
    fc.property(domain, ([low, high]) => {
      const scale = linearScale([low, high], [10, 60])
      expect(scale(low)).toBeCloseTo(10)
      expect(scale(high)).toBeCloseTo(60)
    }),
  )
  expect(linearScale([2, 2], [0, 100])(2)).toBe(50)
})

test('padding makes room at both ends, even around a single value', () => {
  expect(padded([0, 10], 0.1)).toEqual([-1, 11])
  expect(padded([5, 5], 0.1)).toEqual([4.5, 5.5])
})
