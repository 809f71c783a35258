import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../base/random.ts'
import { momentsOf } from './moments.ts'
import { backward, chooseTransform, forward, type Transform } from './real-transform.ts'
import { spread } from './rows.testing.ts'

const chosen = (values: readonly number[]) => chooseTransform(Float64Array.from(values).sort())
const cauchy = (share: number) => Math.tan(Math.PI * (share - 0.5))
const logNormal = (share: number) => Math.exp(normalQuantile(share))

describe('what is chosen', () => {
  test.each([
    ['normal', spread(500, normalQuantile)],
    ['uniform', spread(500, (share) => share)],
    ['two peaks', spread(500, (share) => normalQuantile((2 * share) % 1 || 0.5) + (share < 0.5 ? -9 : 9))],
    ['skewed to the left', spread(500, (share) => 20 - logNormal(share) / 10)],
    ['skewed, but negative', spread(500, (share) => logNormal(share) - 1)],
    ['few', [1, 1, 1, 1, 1, 90]],
    ['normal with outliers of a third of the variance', [...spread(998, normalQuantile), 15, 16]],
  ])('none for %s', (_, values) => {
    expect(chosen(values).transform).toEqual({ name: 'none' })
  })

  test('log for what is positive and skewed to the right', () => {
    expect(chosen(spread(500, logNormal))).toEqual({
      transform: { name: 'log', offset: 0, from: expect.closeTo(Math.exp(normalQuantile(0.001))) },
      remark: expect.stringMatching(/^skewed to the right \(skewness \d\.\d\)$/),
    })
  })

  test('log with an offset where there are zeros', () => {
    const { transform } = chosen([0, 0, ...spread(500, logNormal)])
    expect(transform).toMatchObject({
      name: 'log',
      offset: expect.closeTo(Math.exp(normalQuantile(0.2515)), 2),
    })
  })

  test.each([
    ['heavy tails on both sides', spread(500, cauchy)],
    ['a spike', [...Array<number>(990).fill(0), ...spread(10, (share) => 50 * share - 20)]],
  ])('normal scores for %s', (_, values) => {
    const { transform, remark } = chosen(values)
    expect(transform.name).toBe('quantile')
    expect(remark).toMatch(/^1% of them hold \d+% of the variance$/)
  })
})

test('a logarithm has its known values, and its tangent below', () => {
  const log = forward({ name: 'log', offset: 1, from: 2 })
  expect(log(Math.E - 1)).toBeCloseTo(1, 12)
  expect(log(1)).toBeCloseTo(Math.LN2, 12)
  expect(log(-1)).toBeCloseTo(Math.LN2 - 1, 12)
  expect(log(-3)).toBeCloseTo(Math.LN2 - 2, 12)
})

test('normal scores make heavy tails decent, and what lies far out still does', () => {
  const values = spread(2000, cauchy)
  const { transform } = chosen(values)
  const scores = Float64Array.from(values, forward(transform))
  expect(forward(transform)(0)).toBeCloseTo(0, 1)
  expect(forward(transform)(cauchy(0.9))).toBeCloseTo(normalQuantile(0.9), 1)
  expect(momentsOf(scores).deviation).toBeLessThan(1.5)
  expect(forward(transform)(1e6)).toBeGreaterThan(forward(transform)(1e5) + 2)
})

test('a spike has the score of its middle', () => {
  const { transform } = chosen([...Array<number>(990).fill(0), ...spread(10, (share) => 50 * share - 20)])
  expect(forward(transform)(0)).toBeCloseTo(0, 12)
  expect(backward(transform)(0.7)).toBe(0)
  expect(forward(transform)(1)).toBeGreaterThan(1.9)
})

const transforms: Transform[] = [
  { name: 'none' },
  chosen(spread(300, logNormal)).transform,
  chosen([0, 0, ...spread(500, logNormal)]).transform,
  chosen(spread(500, cauchy)).transform,
  chosen([...Array<number>(990).fill(0), ...spread(10, (share) => 50 * share - 20)]).transform,
]

test('every transform rises, and its way back returns', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...transforms),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (transform, x, step) => {
        const map = forward(transform)
        expect(map(x + step)).toBeGreaterThan(map(x))
        expect(Math.abs(backward(transform)(map(x)) - x)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(x)))
      },
    ),
    { numRuns: 500 },
  )
})
