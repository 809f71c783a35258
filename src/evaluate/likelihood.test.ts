import { expect, test } from 'vitest'
import type { LogWeights } from '../infer/importance.ts'
import { negativeLogLikelihood } from './likelihood.ts'

async function* pieces(...all: LogWeights[]): AsyncGenerator<LogWeights> {
  yield* all
}

const piece = (first: number, examples: number, values: number[]): LogWeights => ({
  first,
  examples,
  values: Float64Array.from(values),
})

test('−log of the mean weight, averaged over examples, with its standard error', async () => {
  const logs = [0.1, 0.3, 2, 4].map(Math.log)
  const { estimate, standardError, samples } = await negativeLogLikelihood(pieces(piece(0, 2, logs)), 2)
  const losses = [-Math.log(0.2), -Math.log(3)]
  expect(estimate).toBeCloseTo((losses[0] + losses[1]) / 2, 14)
  expect(standardError).toBeCloseTo(Math.abs(losses[0] - losses[1]) / 2, 14)
  expect(samples).toBe(2)
})

test('weights far outside the range of a double add up', async () => {
  const { estimate } = await negativeLogLikelihood(pieces(piece(0, 1, [-5000, -5000 + Math.log(3)])), 1)
  expect(estimate).toBeCloseTo(5000 - Math.log(2), 11)
})

test('pieces give what the whole gives, whichever weight is greatest', async () => {
  const logs = [-3, 5, 1, 700, -900, 699, 2, 2]
  const whole = await negativeLogLikelihood(pieces(piece(0, 1, logs)), 1)
  const parts = await negativeLogLikelihood(
    pieces(piece(0, 1, logs.slice(0, 3)), piece(0, 1, logs.slice(3, 4)), piece(0, 1, logs.slice(4))),
    1,
  )
  expect(parts.samples).toBe(8)
  expect(parts.estimate).toBeCloseTo(whole.estimate, 12)
})

test('a weight of zero counts as a sample and adds nothing', async () => {
  const { estimate } = await negativeLogLikelihood(pieces(piece(0, 1, [Number.NEGATIVE_INFINITY, 0])), 1)
  expect(estimate).toBeCloseTo(Math.LN2, 14)
})

test('one example has no standard error, one draw no error from drawing', async () => {
  expect(await negativeLogLikelihood(pieces(piece(0, 1, [-7])), 1)).toEqual({
    estimate: 7,
    standardError: null,
    samples: 1,
    samplingError: null,
    bias: null,
    effectiveSamples: 1,
  })
})

test('says what drawing adds: the relative variance of the mean weight, over examples', async () => {
  // Weights 1 and 3: mean 2, variance 2, so the mean's relative variance is 2 / 2 / 2² = 1/4. Equal weights have none.
  const logs = [1, 3, 5, 5].map(Math.log)
  const found = await negativeLogLikelihood(pieces(piece(0, 2, logs)), 2)
  expect(found.samplingError).toBeCloseTo(0.5 / 2, 14)
  expect(found.bias).toBeCloseTo(0.25 / 2 / 2, 14)
  expect(found.effectiveSamples).toBeCloseTo((16 / 10 + 2) / 2, 14)
})
