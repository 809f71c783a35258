import { describe, expect, test } from 'vitest'
import { completeModel, type ModelSpec } from '../model/spec.ts'
import { areActive, countActive, rankUnits, shownUnits, unitsOf, varianceOfMeans } from './units.ts'

const modelWith = (latent: string, size: number): ModelSpec =>
  completeModel(
    {
      architecture: { name: 'mlp', hidden: [] },
      latent: { name: latent, size, draws: 1 },
      prior: { name: 'standard' },
      likelihood: { name: 'squared-error' },
    },
    [5],
  )
const gaussian = (size: number): ModelSpec => modelWith('gaussian', size)
const pointed = (size: number): ModelSpec => modelWith('deterministic', size)

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
])('posterior means that vary by %j: %i active', (spreads, active) => {
  const { length } = spreads
  expect(countActive(varianceOfMeans(codes(spreads), length), gaussian(length))).toBe(active)
})

test('a code without a posterior has no unit of length: what is active does not change with its scale', () => {
  for (const scale of [1e-3, 1, 1e3])
    expect(
      areActive(
        [0.0009, 0.0011, 1].map((variance) => variance * scale ** 2),
        pointed(3),
      ),
    ).toEqual([false, true, true])
  expect(countActive([0, 0], pointed(2))).toBe(0)
})

test('KL orders units and does not decide which are active', () => {
  const units = rankUnits({ activity: [0.5, 0.001, 0.9], klPerDimension: [0.004, 2, 1] }, gaussian(3))
  expect(units.map(({ dimension, kl, isActive }) => [dimension, kl, isActive])).toEqual([
    [1, 2, false],
    [2, 1, true],
    [0, 0.004, true],
  ])
  expect(shownUnits(units).map(({ dimension }) => dimension)).toEqual([2, 0])
  const byVariance = rankUnits({ activity: [0.5, 0.001, 0.9], klPerDimension: null }, gaussian(3))
  expect(byVariance.map(({ dimension }) => dimension)).toEqual([2, 0, 1])
  expect(byVariance[0]).not.toHaveProperty('kl')
})

test('where none is active all are worth showing', () => {
  const units = rankUnits({ activity: [0.001, 0.002] }, gaussian(2))
  expect(shownUnits(units)).toEqual(units)
})

describe('units of encoded examples', () => {
  const mean = { data: Float32Array.of(1, 0, -1, 0), shape: [2, 2] }
  const logVariance = { data: Float32Array.of(0, Math.log(0.25), 0, Math.log(0.25)), shape: [2, 2] }

  test('have the KL of their posteriors', () => {
    const [first, second] = unitsOf({ mean, logVariance }, gaussian(2))
    // ½(σ² + μ² − log σ² − 1).
    expect(first).toEqual({ dimension: 0, variance: 1, kl: 0.5, isActive: true })
    expect(second.kl).toBeCloseTo((0.25 + Math.log(4) - 1) / 2, 6)
    expect(second.isActive).toBe(false)
  })

  test('have none where it is no sum over dimensions', () => {
    expect(unitsOf({ mean }, pointed(2))[0]).toEqual({ dimension: 0, variance: 1, isActive: true })
    const vamp = completeModel({ ...gaussian(2), prior: { name: 'vamp', components: 2 } }, [5])
    expect(unitsOf({ mean, logVariance }, vamp)[0]).not.toHaveProperty('kl')
  })
})
