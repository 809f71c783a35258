import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnMeans } from './columns.ts'
import { klToStandardNormal, LOG_TWO_PI, logNormalizer } from './normal.ts'
import { medianOf, orderStatistic, quantile } from './quantile.ts'
import { dot, meanOf, rangeOf } from './sums.ts'
import { centered, innerProducts, sampleVarianceOf, squaredDeviations, varianceOf } from './variance.ts'

test('variances of 1, 2, 3, 6: Σ (x − 3)² = 14', () => {
  const numbers = [1, 2, 3, 6]
  expect([squaredDeviations(numbers), varianceOf(numbers)]).toEqual([14, 3.5])
  expect(sampleVarianceOf(numbers)).toBeCloseTo(14 / 3, 14)
  expect([...centered(Int32Array.from(numbers))]).toEqual([-2, -1, 0, 3])
})

test('inner products are symmetric, and of centered columns n times their covariance', () => {
  const [a, b] = [centered([1, 2, 3, 6]), centered([0, 0, 4, 4])]
  expect([...innerProducts([a, b])]).toEqual([14, dot(a, b), dot(a, b), 16])
})

test('a variance does not change with a shift and grows with the square of a factor', () => {
  const whole = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1, maxLength: 20 }), whole, (numbers, by) => {
      const variance = varianceOf(numbers)
      expect(varianceOf(numbers.map((x) => x + by))).toBeCloseTo(variance, 6)
      expect(varianceOf(numbers.map((x) => 2 * x))).toBeCloseTo(4 * variance, 6)
    }),
  )
})

test('medians lie halfway between the two in the middle; order statistics do not', () => {
  expect([medianOf([9, 1, 4]), medianOf([9, 1, 4, 5])]).toEqual([4, 4.5])
  const sorted = [0, 1, 10, 11]
  expect([0, 0.5, 1].map((share) => quantile(sorted, share))).toEqual([0, 5.5, 11])
  expect([0, 0.5, 1].map((share) => orderStatistic(sorted, share))).toEqual([0, 10, 11])
})

test('ranges, also of numbers too many to be arguments', () => {
  expect(rangeOf([3, -1, 2])).toEqual([-1, 3])
  expect(rangeOf([])).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  expect(rangeOf(Float64Array.from({ length: 300_000 }, (_, i) => i))).toEqual([0, 299_999])
})

test('column means', () => {
  expect(columnMeans([1, 10, 3, 30], 2)).toEqual([2, 20])
})

test('the normal density at its mean, and its divergence by quadrature', () => {
  expect(logNormalizer(1)).toBe(LOG_TWO_PI / 2)
  expect(logNormalizer(1 / (2 * Math.PI))).toBeCloseTo(0, 15)
  const [mean, deviation] = [0.7, 0.4]
  const log = (x: number, m: number, s: number) => -logNormalizer(s * s) - (x - m) ** 2 / (2 * s * s)
  const steps = Array.from({ length: 4001 }, (_, i) => mean + deviation * (i / 200 - 10))
  const terms = steps.map((x) => Math.exp(log(x, mean, deviation)) * (log(x, mean, deviation) - log(x, 0, 1)))
  const quadrature = meanOf(terms) * terms.length * (deviation / 200)
  expect(klToStandardNormal(mean, 2 * Math.log(deviation))).toBeCloseTo(quadrature, 9)
})
