import { expect, test } from 'vitest'
import { activeUnits, varianceOfMeans } from './units.ts'

/** Column u is ±spreads[u] in equal shares, around a center of its own. */
const codes = (spreads: readonly number[], rows = 10): Float64Array =>
  Float64Array.from({ length: rows * spreads.length }, (_, i) => {
    const unit = i % spreads.length
    return 100 * unit + (Math.floor(i / spreads.length) % 2 ? 1 : -1) * spreads[unit]
  })

test('variance of each unit, whatever its center', () => {
  varianceOfMeans(codes([0, 0.5, 2]), 3).forEach((variance, unit) => {
    expect(variance).toBeCloseTo([0, 0.25, 4][unit], 10)
  })
})

test.each([
  [[0, 0, 0], 0],
  [[0.0999, 0.1001, 1], 2],
  [[3, 3], 2],
])('units that vary by %j: %i active', (spreads, active) => {
  expect(activeUnits(codes(spreads), spreads.length)).toBe(active)
})
