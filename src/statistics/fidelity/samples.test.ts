import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal } from '../../base/random.ts'
import { frechetFrom, type Moments, momentsOf } from './frechet.ts'
import { neighborhoods } from './neighborhoods.ts'

const normal = (count: number, size: number, seed: number, move = (x: number, _: number) => x): NDArray => ({
  data: fillNormal(new Float32Array(count * size), { seed, stream: 1, step: 0 }).map((x, i) =>
    move(x, i % size),
  ),
  shape: [count, size],
})

const distance = (a: Moments, b: Moments) => frechetFrom(a)(b)

describe('Fréchet distance', () => {
  const gaussian = (mean: readonly number[], covariance: readonly number[]): Moments => ({
    mean: Float64Array.from(mean),
    covariance: Float64Array.from(covariance),
  })

  test('of Gaussians along the axes: |μ₁ − μ₂|² + Σ (σ₁ − σ₂)²', () => {
    const [a, b] = [gaussian([1, 2], [4, 0, 0, 9]), gaussian([-1, 2], [1, 0, 0, 16])]
    expect(distance(a, b)).toBeCloseTo(4 + 1 + 1, 12)
    expect(distance(b, a)).toBeCloseTo(6, 12)
  })

  test('of Gaussians that lie askew: tr M^½ = √(tr M + 2 √det M) in two dimensions', () => {
    const [s, t] = [
      [2, 0.7, 0.7, 1],
      [1, -0.5, -0.5, 3],
    ]
    const traceOfProduct = s[0] * t[0] + s[1] * t[2] + s[2] * t[1] + s[3] * t[3]
    const determinant = (s[0] * s[3] - s[1] * s[2]) * (t[0] * t[3] - t[1] * t[2])
    const shared = Math.sqrt(traceOfProduct + 2 * Math.sqrt(determinant))
    const got = distance(gaussian([0, 0], s), gaussian([0, 3], t))
    expect(got).toBeCloseTo(9 + 3 + 4 - 2 * shared, 12)
  })

  test('of a Gaussian from itself is 0, also where a dimension does not vary', () => {
    const flat = gaussian([0, 1, 2], [1, 0.5, 0, 0.5, 2, 0, 0, 0, 0])
    expect(distance(flat, flat)).toBeCloseTo(0, 12)
  })

  test('of points from others of the same kind is near 0, and of moved ones what they moved', () => {
    const [a, b] = [normal(4000, 3, 1), normal(4000, 3, 2)]
    const moved = normal(4000, 3, 3, (x, d) => (d === 0 ? x + 2 : x))
    expect(distance(momentsOf(a), momentsOf(b))).toBeLessThan(0.01)
    expect(Math.abs(distance(momentsOf(a), momentsOf(moved)) - 4)).toBeLessThan(0.2)
  })
})

describe('neighborhoods', () => {
  test('by hand, on a line: k = 1', async () => {
    const line = (...data: number[]): NDArray => ({ data: Float64Array.from(data), shape: [data.length, 1] })
    // Reach of 0, 1 and 10: 1, 1 and 9; of 0.5, 20 and 30: 19.5, 10 and 10.
    expect(await neighborhoods(line(0, 1, 10), line(0.5, 20, 30), 1)).toEqual({
      // 0.5 lies in the reach of 0, and of 1; 20 and 30 in none.
      precision: 1 / 3,
      density: 2 / 3,
      coverage: 2 / 3,
      recall: 1,
    })
  })

  test('of real points among real points: density 1, and a share 1 − 2^−k covered', async () => {
    const found = await neighborhoods(normal(1500, 3, 1), normal(1500, 3, 2), 5)
    expect(Math.abs(found.density - 1)).toBeLessThan(0.05)
    expect(Math.abs(found.coverage - (1 - 1 / 32))).toBeLessThan(0.02)
    expect(found.precision).toBeGreaterThan(0.9)
    expect(found.recall).toBeGreaterThan(0.9)
  })

  test('of points elsewhere are all 0', async () => {
    const far = normal(200, 3, 2, (x) => x + 100)
    expect(await neighborhoods(normal(200, 3, 1), far, 5)).toEqual({
      precision: 0,
      recall: 0,
      density: 0,
      coverage: 0,
    })
  })

  test('tell points that are too alike from points that are too spread', async () => {
    const real = normal(800, 2, 1)
    const narrow = await neighborhoods(
      real,
      normal(800, 2, 2, (x) => x / 4),
      5,
    )
    const wide = await neighborhoods(
      real,
      normal(800, 2, 3, (x) => x * 3),
      5,
    )
    expect(narrow.precision).toBeGreaterThan(0.95)
    expect(narrow.coverage).toBeLessThan(0.4)
    expect(wide.precision).toBeLessThan(0.6)
    expect(wide.recall).toBeGreaterThan(0.9)
  })
})
