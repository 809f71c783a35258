import { describe, expect, test } from 'vitest'
import { benjaminiHochberg, falseDiscoveryRates } from './multiple-testing.ts'

describe('Benjamini–Hochberg', () => {
  test('goes by the last p-value under its line, whatever those before it', () => {
    // Lines 0.0125, 0.025, 0.0375, 0.05: the third passes, though the second does not.
    expect([...benjaminiHochberg([0.9, 0.036, 0.01, 0.03], 0.05)]).toEqual([1, 2, 3])
    expect([...benjaminiHochberg([0.9, 0.04, 0.01, 0.03], 0.05)]).toEqual([2])
  })

  test('may select none', () => {
    expect([...benjaminiHochberg([0.5, 0.06], 0.05)]).toEqual([])
    expect([...benjaminiHochberg([], 0.05)]).toEqual([])
  })
})

describe('false discovery rates', () => {
  test('are p-values times their number by their rank, and no greater than the next', () => {
    const adjusted = falseDiscoveryRates([0.02, 0.01, 0.5, 0.021])
    expect(adjusted).toEqual([0.028, 0.028, 0.5, 0.028].map((p) => expect.closeTo(p, 12)))
    expect(falseDiscoveryRates([0.6, 0.7])).toEqual([0.7, 0.7])
    expect(falseDiscoveryRates([])).toEqual([])
  })

  test('select what Benjamini–Hochberg selects', () => {
    const pValues = Array.from({ length: 50 }, (_, i) => ((i * 37) % 50) ** 3 / 50 ** 3)
    for (const rate of [0.01, 0.05, 0.3]) {
      const below = falseDiscoveryRates(pValues).flatMap((p, row) => (p <= rate ? [row] : []))
      expect(below).toEqual([...benjaminiHochberg(pValues, rate)])
      expect(below.length).toBeGreaterThan(0)
    }
  })
})
