import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalVariation } from '../distances.ts'
import { kolmogorovSmirnov, marginals } from './marginals.ts'
import { dependentTable, readPair, tableOf } from './tables.testing.ts'

test('Kolmogorov–Smirnov by hand', () => {
  // Just after 2, one distribution function has reached 1/2 and the other 0; from 3 on they close up.
  expect(kolmogorovSmirnov(Float64Array.of(4, 1, 3, 2), Float64Array.of(3, 5, 4, 6))).toBe(0.5)
  expect(kolmogorovSmirnov(Float64Array.of(1, 1, 1), Float64Array.of(2))).toBe(1)
  // Ties within and between: after 1 the functions are at 2/3 and 1/2.
  expect(kolmogorovSmirnov(Float64Array.of(1, 1, 2), Float64Array.of(1, 2))).toBeCloseTo(1 / 6, 15)
  expect(kolmogorovSmirnov(new Float64Array(0), Float64Array.of(1))).toBe(1)
  expect(kolmogorovSmirnov(new Float64Array(0), new Float64Array(0))).toBe(0)
})

test('Kolmogorov–Smirnov is the largest gap over all places', () => {
  const numbers = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const share = (own: number[], place: number) =>
        own.filter((value) => value <= place).length / own.length
      const gaps = [...a, ...b].map((place) => Math.abs(share(a, place) - share(b, place)))
      const found = kolmogorovSmirnov(Float64Array.from(a), Float64Array.from(b))
      expect(found).toBeCloseTo(Math.max(...gaps), 14)
    }),
  )
})

test('total variation by hand', () => {
  // ½ (|1/2 − 1/4| + |1/2 − 1/4| + |0 − 1/2|).
  expect(totalVariation(Float64Array.of(2, 2, 0), Float64Array.of(1, 1, 2))).toBe(0.5)
  expect(totalVariation(Float64Array.of(3, 0), Float64Array.of(0, 9))).toBe(1)
  expect(totalVariation(Float64Array.of(0, 0), Float64Array.of(0, 9))).toBe(1)
})

test('every column has its distance and its missing shares', () => {
  const found = marginals(
    ...readPair(
      tableOf({ x: [1, 2, null, null], kind: ['a', 'a', 'b', 'b'] }),
      tableOf({ x: [2, 3, 4, null], kind: ['a', 'b', 'c', null] }),
    ),
  )
  expect(found.columns).toEqual([
    {
      name: 'x',
      kind: 'number',
      distance: expect.closeTo(2 / 3, 14),
      missing: { real: 0.5, synthetic: 0.25, difference: -0.25 },
    },
    {
      name: 'kind',
      kind: 'level',
      distance: expect.closeTo(1 / 3, 14),
      missing: { real: 0, synthetic: 0.25, difference: 0.25 },
    },
  ])
  expect(found.meanDistance).toBeCloseTo(0.5, 14)
  expect(found.largestDistance).toBeCloseTo(2 / 3, 14)
})

test('two draws of one distribution are alike, and a table is itself', () => {
  const table = dependentTable(4000, 1)
  const other = marginals(...readPair(table, dependentTable(4000, 2)))
  // About 1.36·√(2/4000) = 0.03 is passed once in twenty columns of numbers.
  expect(other.largestDistance).toBeLessThan(0.05)
  expect(other.largestDistance).toBeGreaterThan(0)
  expect(marginals(...readPair(table, table)).largestDistance).toBe(0)
})
