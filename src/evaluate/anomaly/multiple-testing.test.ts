import { describe, expect, test } from 'vitest'
import { benjaminiHochberg, holm } from './multiple-testing.ts'

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

test('Holm multiplies by what is left and never goes down', () => {
  const adjusted = holm([0.02, 0.01, 0.5, 0.021])
  expect(adjusted).toEqual([0.06, 0.04, 0.5, 0.06].map((p) => expect.closeTo(p, 12)))
  expect(holm([0.6, 0.7])).toEqual([1, 1])
})
