import { expect, test } from 'vitest'
import { regime, scaleAround } from './regime.ts'

test('each regime of β has its words', () => {
  expect([0, 0.5, 1, 4, 50].map(regime)).toMatchInlineSnapshot(`
    [
      "β = 0: nothing holds codes to the prior",
      "β < 1 favors reconstruction",
      "β = 1: the price that the VAE pays",
      "β > 1 favors disentangled codes",
      "β ≫ 1: many dimensions may fall silent",
    ]
  `)
})

test('a scale about a usual weight', () => {
  expect(scaleAround(1e-5)).toMatchObject({ min: 1e-8, max: 0.01 })
  expect(scaleAround(6)).toMatchObject({ min: 0.01, max: 10_000 })
})
