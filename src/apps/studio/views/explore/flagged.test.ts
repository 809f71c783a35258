import { expect, test } from 'vitest'
import { flaggedAt } from './flagged.ts'

test('rows up to a rate are flagged, those at it as well', () => {
  const p = Float64Array.of(0.01, 0.05, 0.05, 0.2)
  expect([0, 0.01, 0.05, 0.1, 1].map((rate) => flaggedAt(p, rate))).toEqual([0, 1, 3, 3, 4])
})
