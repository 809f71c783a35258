import { expect, test } from 'vitest'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'

/** The term and, entry by entry, the matrix that it is about. */
async function at(term: string, latent: string, diagonal?: number) {
  const options = { term, weight: 1, ...(diagonal === undefined ? {} : { diagonal }) }
  const { world, value } = worldOf(options, { latent, batch: 5 })
  const { mean, statistics } = world.model.posterior
  const { logVariance = mean } = statistics
  const got = await numbersOf({ value, mean, logVariance }, world.feeds)
  const column = (of: readonly number[], j: number) => of.filter((_, i) => i % 3 === j)
  const matrix = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      const [a, b] = [column(got.mean, i), column(got.mean, j)]
      const covariance = average(a.map((x, n) => (x - average(a)) * (b[n] - average(b))))
      const within = i === j && term === 'dip-2' ? average(column(got.logVariance, i).map(Math.exp)) : 0
      return covariance + within
    }),
  )
  return { value: got.value, matrix }
}

const penalty = (matrix: readonly (readonly number[])[], diagonal: number): number =>
  matrix
    .flatMap((row, i) => row.map((entry, j) => (i === j ? diagonal * (entry - 1) ** 2 : entry ** 2)))
    .reduce((a, b) => a + b)

test.each([
  { term: 'dip-1', latent: 'gaussian', diagonal: undefined, wanted: 10 },
  { term: 'dip-1', latent: 'gaussian', diagonal: 0, wanted: 0 },
  { term: 'dip-1', latent: 'deterministic', diagonal: 3, wanted: 3 },
  { term: 'dip-2', latent: 'gaussian', diagonal: undefined, wanted: 1 },
  { term: 'dip-2', latent: 'gaussian', diagonal: 7, wanted: 7 },
])('$term over $latent codes with λ_d/λ_od = $wanted', async ({ term, latent, diagonal, wanted }) => {
  const { value, matrix } = await at(term, latent, diagonal)
  expect(value).toHaveLength(1)
  expect(value[0]).toBeCloseTo(penalty(matrix, wanted), 12)
  expect(penalty(matrix, 0)).toBeGreaterThan(1e-6)
})

test('II adds what each posterior varies by, so it is not I', async () => {
  const [one, two] = [await at('dip-1', 'gaussian', 1), await at('dip-2', 'gaussian', 1)]
  expect(Math.abs(one.value[0] - two.value[0])).toBeGreaterThan(0.1)
})
