import { describe, expect, test } from 'vitest'
import { betaVae } from '../../src/statistics/metrics/beta-vae.ts'
import { explicitness } from '../../src/statistics/metrics/explicitness.ts'
import { factorVae } from '../../src/statistics/metrics/factor-vae.ts'
import type { Metric } from '../../src/statistics/metrics/metric.ts'
import { sap } from '../../src/statistics/metrics/sap.ts'
import { fixtures, rowsOf, wanted } from './recipe.ts'

const SEEDS = [0, 1, 2, 3]

describe.each(fixtures)('as scikit-learn has it: $name codes', (fixture) => {
  const sample = rowsOf(fixture)

  test('SAP, every accuracy', async () => {
    const { score, accuracy, continuousScore } = await sap.compute(sample, { seed: 0 })
    expect(score).toBeCloseTo(wanted(fixture, 'sap', 'score'), 10)
    const table = fixture.scores.sap.accuracy as readonly (readonly number[])[]
    expect(accuracy).toEqual(table.map((row) => row.map((own) => expect.closeTo(own, 10))))
    expect(continuousScore).toBeCloseTo(wanted(fixture, 'sapContinuous', 'score'), 10)
  })

  // Its classifier stops at a gradient of 1e-4, ours at 1e-5.
  test('explicitness, to 2e-4', async () => {
    const { perFactor, score, trainScore } = await explicitness.compute(sample, { seed: 0 })
    const near = (area: number) => expect.closeTo(area, 3.4)
    expect(perFactor).toEqual((fixture.scores.explicitness.perFactor as readonly number[]).map(near))
    expect(Math.abs(score - wanted(fixture, 'explicitness', 'test'))).toBeLessThan(2e-4)
    expect(Math.abs((trainScore as number) - wanted(fixture, 'explicitness', 'train'))).toBeLessThan(2e-4)
  })

  // Both draw anew: means over seeds are compared, four of ours with eight of its.
  test.each([betaVae, factorVae])('$title, to 0.01', async (metric: Metric) => {
    let mean = 0
    for (const seed of SEEDS) mean += (await metric.compute(sample, { seed })).score / SEEDS.length
    expect(Math.abs(mean - wanted(fixture, metric.name, 'test'))).toBeLessThan(0.01)
  })
})
