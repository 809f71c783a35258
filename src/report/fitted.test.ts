import { expect, test } from 'vitest'
import { priorDraws } from '../infer/model.ts'
import { fittedDraws } from './fitted.ts'

const moments = (data: ArrayLike<number>) => {
  const count = data.length / 2
  const mean = [0, 1].map(
    (axis) => Array.from({ length: count }, (_, i) => data[2 * i + axis]).reduce((a, b) => a + b) / count,
  )
  const product = (a: number, b: number) =>
    Array.from({ length: count }, (_, i) => (data[2 * i + a] - mean[a]) * (data[2 * i + b] - mean[b])).reduce(
      (x, y) => x + y,
    ) / count
  return [...mean, product(0, 0), product(0, 1), product(1, 1)]
}

test('draws have the mean and covariance of the codes', () => {
  // (x, y) = (3 + 2a, −1 + a + ½b): covariance 4, 2, 1¼.
  const { data } = priorDraws(4000, 2, 1)
  const codes = data.map((value, i) => (i % 2 === 0 ? 3 + 2 * value : -1 + data[i - 1] + 0.5 * value))
  const wanted = moments(codes)
  expect(wanted[3]).toBeGreaterThan(1.8)
  const drawn = moments(fittedDraws({ data: codes, shape: [4000, 2] }, 20_000, 2).data)
  drawn.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThan(0.12)
  })
})

test('codes that do not vary, or follow one another, still give finite draws', () => {
  const follow = Float32Array.from({ length: 40 }, (_, i) => Math.floor(i / 2))
  for (const data of [follow, new Float32Array(40).fill(2)]) {
    const draws = fittedDraws({ data, shape: [20, 2] }, 5, 0).data
    expect(draws.every(Number.isFinite)).toBe(true)
  }
})
