import { expect, test } from 'vitest'
import { logGamma } from './log-gamma.ts'

test('is what is known of it', () => {
  expect(logGamma(1)).toBeCloseTo(0, 11)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 11)
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11)
})

test('Γ(x + 1) = x·Γ(x), from small to large', () => {
  for (const x of [0.01, 0.7, 3, 9.5, 30, 1000])
    expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 10)
})
