import { expect, test } from 'vitest'
import { stackingWeights } from './stacking.ts'

test('independent errors are weighed by the inverse of their variances', () => {
  const weights = stackingWeights([1, 0, 0, 0, 2, 0, 0, 0, 4], 3)
  const [a, b, c] = [1, 1 / 2, 1 / 4].map((own) => own / 1.75)
  expect([...weights].map((own) => own.toFixed(9))).toEqual([a, b, c].map((own) => own.toFixed(9)))
})

test('what only adds noise to another has no weight', () => {
  // The second errs as the first does, and by itself besides.
  expect([...stackingWeights([1, 1, 1, 3], 2)]).toEqual([1, 0])
})

test('errors that are the same, or none, leave the first', () => {
  expect([...stackingWeights([1, 1, 1, 1], 2)]).toEqual([1, 0])
  expect([...stackingWeights([0, 0, 0, 0], 2)]).toEqual([1, 0])
})
