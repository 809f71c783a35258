import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discretize } from './discretize.ts'

test('bins are of equal width; an edge belongs above, the largest value to the last', () => {
  expect(discretize(Float64Array.of(0, 1, 2, 2.5, 3, 4), 4)).toEqual(Int32Array.of(0, 1, 2, 2, 3, 3))
})

test('equal values share a bin, at any size', () => {
  for (const value of [0, 0.1, -1e300, 5e-324])
    expect(discretize(Float64Array.of(value, value), 20)).toEqual(Int32Array.of(0, 0))
})

describe('any values', () => {
  const values = fc.float64Array({ minLength: 2, maxLength: 50, noNaN: true, min: -1e6, max: 1e6 })

  test('keep their order', () => {
    fc.assert(
      fc.property(values, (own) => {
        const bins = discretize(own)
        own.forEach((x, i) => {
          own.forEach((y, j) => {
            if (x <= y) expect(bins[i]).toBeLessThanOrEqual(bins[j])
          })
        })
      }),
    )
  })

  test('stay within the bins', () => {
    fc.assert(
      fc.property(values, (own) => {
        for (const bin of discretize(own)) expect(bin >= 0 && bin < 20).toBe(true)
      }),
    )
  })
})
