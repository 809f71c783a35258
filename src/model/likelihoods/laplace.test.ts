import { expect, test } from 'vitest'
import { likelihood, losses, traceDensity } from '../../testing/density.testing.ts'

const nats = async (scale: number | string, output: number[], x: number, learned = 0) =>
  (await losses(likelihood('laplace', { scale }), output, [x], { learned })).loss[0]

test('a given scale gives −scipy.stats.laplace.logpdf', async () => {
  expect(await nats(0.5, [-1.2], 0.3)).toBeCloseTo(3, 12)
  expect(await nats(1, [0.5], 2)).toBeCloseTo(2.1931471805599454, 12)
  expect(await nats(2.5, [3], -1)).toBeCloseTo(3.2094379124341006, 12)
})

test('a learned scale starts at 1 and is the exponential of a bounded log-scale', async () => {
  const bounded = 0.7 / Math.sqrt(1 + (0.7 / 20) ** 2)
  for (const scale of ['learned', 'per-dimension']) {
    expect(await nats(scale, [0.5], 2)).toBeCloseTo(2.1931471805599454, 12)
    expect(await nats(scale, [-1.2], 0.3, 0.7)).toBeCloseTo(
      1.5 / Math.exp(bounded) + bounded + Math.log(2),
      12,
    )
  }
  expect(await nats('decoder', [0.5, 0], 2)).toBeCloseTo(2.1931471805599454, 12)
  const { parameters } = traceDensity(likelihood('laplace', { scale: 'per-dimension' }), 2, [2, 3])
  expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([['likelihood.logScale', [2, 3]]])
})
