import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, fillUniform } from '../../base/random.ts'
import { type FittedMixture, fitMixture } from './fit-mixture.ts'

interface Component {
  readonly weight: number
  readonly mean: readonly number[]
  /** Lower triangular, with covariance L·Lᵀ. */
  readonly factor: readonly (readonly number[])[]
}

const truth: readonly Component[] = [
  {
    weight: 0.5,
    mean: [0, 0],
    factor: [
      [1, 0],
      [0.8, 0.4],
    ],
  },
  {
    weight: 0.3,
    mean: [6, -2],
    factor: [
      [0.3, 0],
      [-0.2, 0.9],
    ],
  },
  {
    weight: 0.2,
    mean: [-4, 5],
    factor: [
      [0.7, 0],
      [0, 0.7],
    ],
  },
]

/** Rows of a known mixture; `apart` scales the distances between its means. */
function drawn(count: number, apart = 1, seed = 1): NDArray {
  const noise = fillNormal(new Float32Array(count * 2), { seed, stream: 1, step: 0 })
  const choice = fillUniform(new Float32Array(count), { seed, stream: 1, step: 1 })
  const data = new Float32Array(count * 2)
  for (let row = 0; row < count; row++) {
    const { mean, factor } = truth[choice[row] < 0.5 ? 0 : choice[row] < 0.8 ? 1 : 2]
    const [a, b] = noise.subarray(2 * row, 2 * row + 2)
    data[2 * row] = apart * mean[0] + factor[0][0] * a
    data[2 * row + 1] = apart * mean[1] + factor[1][0] * a + factor[1][1] * b
  }
  return { data, shape: [count, 2] }
}

const covarianceOf = (factor: ArrayLike<number>, size: number): number[] =>
  Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return Array.from({ length: size }, (_, k) => factor[i * size + k] * factor[j * size + k]).reduce(
      (a, b) => a + b,
    )
  })

/** Mean log-density of two-dimensional rows, written down once more. */
const meanLogDensity = (
  { data, shape }: NDArray,
  components: readonly { weight: number; mean: ArrayLike<number>; covariance: readonly number[] }[],
): number => {
  let sum = 0
  for (let row = 0; row < shape[0]; row++) {
    const density = components.reduce((total, { weight, mean, covariance: [a, b, , c] }) => {
      const [dx, dy] = [data[2 * row] - mean[0], data[2 * row + 1] - mean[1]]
      const determinant = a * c - b * b
      const distance = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / determinant
      return total + (weight * Math.exp(-0.5 * distance)) / (2 * Math.PI * Math.sqrt(determinant))
    }, 0)
    sum += Math.log(density)
  }
  return sum / shape[0]
}

const componentsOf = ({ weights, means, factors }: FittedMixture, size = 2) =>
  Array.from(weights, (weight, k) => ({
    weight,
    mean: means.subarray(k * size, (k + 1) * size),
    covariance: covarianceOf(factors[k], size),
  }))

const rises = (path: readonly number[]) =>
  path.every((value, i) => Number.isFinite(value) && (i === 0 || value >= path[i - 1] - 1e-10))

describe('a mixture that is known', () => {
  const codes = drawn(3000)
  const found = fitMixture(codes, 3)

  test('is found: weights, means and covariances', () => {
    const sorted = componentsOf(found).sort((a, b) => b.weight - a.weight)
    for (const [k, { weight, mean, factor }] of truth.entries()) {
      expect(Math.abs(sorted[k].weight - weight)).toBeLessThan(0.03)
      for (const d of [0, 1]) expect(Math.abs(sorted[k].mean[d] - mean[d])).toBeLessThan(0.1)
      covarianceOf(factor.flat(), 2).forEach((wanted, i) => {
        expect(Math.abs(sorted[k].covariance[i] - wanted)).toBeLessThan(0.1)
      })
    }
  })

  test('is no more probable than what was found, whose log-likelihood is as told', () => {
    const own = meanLogDensity(codes, componentsOf(found))
    const known = truth.map(({ weight, mean, factor }) => ({
      weight,
      mean,
      covariance: covarianceOf(factor.flat(), 2),
    }))
    const last = found.path[found.path.length - 1]
    expect(own).toBeGreaterThan(meanLogDensity(codes, known))
    // The path ends one E step after the parameters, and holds the penalty besides.
    expect(last).toBeCloseTo(own, 4)
  })

  test('weights add up to 1', () => {
    expect(found.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  })

  test('is found again to the bit', () => {
    expect(fitMixture(drawn(3000), 3)).toEqual(found)
  })
})

test('one component is the mean and covariance of the codes', () => {
  const codes = drawn(500)
  const [{ mean, covariance }] = componentsOf(fitMixture(codes, 1))
  const column = (d: number) => Array.from({ length: 500 }, (_, row) => codes.data[2 * row + d])
  const average = (values: number[]) => values.reduce((a, b) => a + b) / values.length
  const [x, y] = [column(0), column(1)]
  const [meanX, meanY] = [average(x), average(y)]
  expect(mean[0]).toBeCloseTo(meanX, 10)
  expect(mean[1]).toBeCloseTo(meanY, 10)
  expect(covariance[2]).toBeCloseTo(average(x.map((value, i) => (value - meanX) * (y[i] - meanY))), 10)
  expect(covariance[0]).toBeCloseTo(average(x.map((value) => (value - meanX) ** 2)), 3)
})

describe('what EM raises', () => {
  test.each([0.1, 0.3, 0.6])('never falls where components overlap (distances × %d)', (apart) => {
    const { path } = fitMixture(drawn(800, apart, 3), 6)
    expect(path.length).toBeGreaterThan(3)
    expect(rises(path)).toBe(true)
  })

  test('never falls and stays finite for any codes: few, repeated, in a plane, far out', () => {
    const value = fc.oneof(fc.constantFrom(0, 1, -3, 1e4), fc.float({ noNaN: true, min: -50, max: 50 }))
    const codes = fc
      .record({ size: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 30 }) })
      .chain(({ size, count }) =>
        fc.tuple(
          fc.constant([count, size]),
          fc.array(value, { minLength: count * size, maxLength: count * size }),
        ),
      )
    fc.assert(
      fc.property(codes, fc.integer({ min: 1, max: 5 }), ([shape, values], components) => {
        const { path, means, factors, weights } = fitMixture(
          { data: Float32Array.from(values), shape },
          components,
        )
        expect(path.every((at, i) => i === 0 || at >= path[i - 1] - 1e-7 * (1 + Math.abs(at)))).toBe(true)
        expect(
          [...path, ...means, ...weights, ...factors.flatMap((factor) => [...factor])].every(Number.isFinite),
        ).toBe(true)
        expect(weights.length).toBeLessThanOrEqual(components)
      }),
      { numRuns: 200 },
    )
  })
})
