import { expect, test } from 'vitest'
import {
  average,
  numbersOf,
  numbersUnder,
  overSteps,
  standardErrorsFrom,
  worldOf,
} from '../../testing/numbers.testing.ts'

test('in closed form it is ½ Σ (σ² + μ² − 1 − log σ²)', async () => {
  const { world, value } = worldOf({ term: 'kl', weight: 1 })
  const { mean, logVariance } = world.model.posterior.statistics
  const got = await numbersOf({ value, mean, logVariance }, world.feeds)
  const entries = got.mean.map(
    (mu, i) => 0.5 * (Math.exp(got.logVariance[i]) + mu * mu - 1 - got.logVariance[i]),
  )
  got.value.forEach((kl, example) => {
    expect(kl).toBeCloseTo(
      entries.slice(3 * example, 3 * example + 3).reduce((a, b) => a + b),
      12,
    )
  })
})

test.each([1, 4])('sampled with %i draws it is right on average, and differs at a step', async (draws) => {
  const { world, value } = worldOf({ term: 'kl', weight: 1, estimator: 'sampled' }, { draws })
  const runs = await numbersUnder({ value, closed: world.model.kl! }, overSteps(world, 600))
  const truth = average(runs[0].closed)
  const means = runs.map((run) => average(run.value))
  expect(Math.abs(means[0] - truth)).toBeGreaterThan(1e-3)
  expect(standardErrorsFrom(truth, means)).toBeLessThan(4)
})
