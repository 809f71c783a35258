/** Expectation and maximization against what is known in closed form. */
import { describe, expect, test } from 'vitest'
import { covariance } from '../../base/math/linear-algebra.ts'
import { FLOOR, fitMixture, type MixtureOptions } from './fit-mixture.ts'
import { gaussians, packed, unpacked } from './gaussians.ts'
import { condition, inverted, newConditional } from './mixture.ts'
import { normalRows, numbersTable } from './tables.testing.ts'

const once: MixtureOptions = { components: 1, ridge: 0, shared: 30, rounds: 40, seed: 0 }
const correlated = normalRows(300, 3).map(([a, b, c]) => [a, 0.8 * a + 0.5 * b, c - b + 2])

describe('a joint Gaussian', () => {
  test('of complete rows has their mean and their covariance', () => {
    const [{ mean, precision }] = fitMixture(numbersTable(correlated), once).components
    const { precision: back } = inverted(precision, 3)
    const exact = covariance(correlated)
    for (const [i, row] of exact.entries()) {
      expect(mean[i]).toBeCloseTo(correlated.reduce((sum, own) => sum + own[i], 0) / 300, 9)
      for (const [j, entry] of row.entries())
        expect(back[i * 3 + j]).toBeCloseTo(entry + (i === j ? FLOOR : 0), 7)
    }
  })

  test('never loses likelihood from round to round', () => {
    const { logLikelihoods } = fitMixture(numbersTable(correlated, 0.4), once)
    expect(logLikelihoods.length).toBeGreaterThan(5)
    for (const [round, nats] of logLikelihoods.entries())
      if (round > 0) expect(nats - logLikelihoods[round - 1]).toBeGreaterThan(-1e-3)
    expect((logLikelihoods.at(-1) as number) - logLikelihoods[0]).toBeGreaterThan(50)
  })

  test('finds with gaps what it finds without', () => {
    const many = normalRows(3000, 3, 5).map(([a, b, c]) => [a, 0.8 * a + 0.5 * b, c - b + 2])
    const [{ precision }] = fitMixture(numbersTable(many, 0.3), once).components
    const found = inverted(precision, 3).precision
    covariance(many)
      .flat()
      .forEach((entry, at) => {
        expect(Math.abs(found[at] - entry)).toBeLessThan(0.08)
      })
  })

  test('stands columns without spread, and without any cell', () => {
    const table = numbersTable(correlated.map(([a]) => [a, 1, a]))
    table.known.forEach((_, at) => {
      if (at % 3 === 2) table.known[at] = 0
    })
    const [{ mean, precision }] = fitMixture(table, once).components
    expect([...mean, ...precision].every(Number.isFinite)).toBe(true)
  })
})

test('what is missing given what is known: mean, spread and density as the formulas have them', () => {
  const correlation = 0.6
  const { precision, halfLogDeterminant } = inverted(Float64Array.of(1, correlation, correlation, 1), 2)
  const component = { logWeight: 0, mean: Float64Array.of(1, -1), precision, halfLogDeterminant }
  const out = newConditional(2)
  condition(component, [2.5, 0], 0, { slots: Int32Array.of(1), count: 1 }, out)
  expect(out.mean[0]).toBeCloseTo(-1 + correlation * 1.5, 12)
  expect(1 / out.factor[0] ** 2).toBeCloseTo(1 - correlation ** 2, 12)
  expect(out.logJoint).toBeCloseTo(-0.5 * (Math.log(2 * Math.PI) + 1.5 ** 2), 12)
})

test('a mixture finds two lines that cross, where one Gaussian says nothing', () => {
  const rows = normalRows(400, 2).map(([a, b], row) => [
    a,
    row % 2 === 0 ? a + 5 : 5 - a,
    (row % 2) * 2 + 0.1 * b,
  ])
  const error = (components: number) => {
    const fitted = fitMixture(numbersTable(rows), { ...once, components, rounds: 30 }).components
    const whole = unpacked(packed(fitted, 3), 3)
    const weights = whole.map((component) => {
      const out = newConditional(3)
      condition(component, [1, 0, 2], 0, { slots: Int32Array.of(1), count: 1 }, out)
      return { log: out.logJoint, mean: out.mean[0] }
    })
    const top = Math.max(...weights.map(({ log }) => log))
    const total = weights.reduce((sum, { log }) => sum + Math.exp(log - top), 0)
    return Math.abs(weights.reduce((sum, { log, mean }) => sum + Math.exp(log - top) * mean, 0) / total - 4)
  }
  expect(error(1)).toBeGreaterThan(0.5)
  expect(error(4)).toBeLessThan(0.2)
})

test('no component stands for a row or two, which its mean would tell', () => {
  const rows = [...normalRows(100, 2), [40, -40], [-35, 50]]
  const imputer = gaussians({ name: 'test', says: 'a mixture', components: 8, ofTargets: false })
  const learned = imputer.fit(numbersTable(rows), { seed: 0, first: new Float64Array(0) }) as Float32Array
  const means = unpacked(learned, 2).map(({ mean }) => [...mean])
  expect(means.length).toBeGreaterThan(1)
  for (const [x, y] of means) expect(Math.hypot(x, y)).toBeLessThan(10)
})
