import { expect, test } from 'vitest'
import type { EpochEvent } from '../../../../inside.ts'
import { atEpochs, moves, weighted } from './curves.ts'

const metrics = (loss: number, kl: number | null) => ({
  loss,
  reconstruction: loss,
  kl,
  elbo: null,
  terms: {},
})
const epoch = (step: number, train: number, validation?: number): EpochEvent => ({
  kind: 'epoch',
  epoch: 1,
  step,
  train: metrics(train, null),
  ...(validation === undefined ? {} : { validation: metrics(validation, 1) }),
  examplesPerSecond: 1,
})

test('held-out numbers stand where their epoch ended', () => {
  const values = atEpochs([epoch(2, 9, 8), epoch(4, 7)], [1, 2, 3, 4, 5], 'loss')
  expect([...values]).toEqual([Number.NaN, 8, Number.NaN, 7, Number.NaN])
})

test('an epoch whose steps have not come yet waits, and a missing KL is no number', () => {
  expect([...atEpochs([epoch(9, 1)], [1, 2], 'loss')]).toEqual([Number.NaN, Number.NaN])
  expect([...atEpochs([epoch(1, 1)], [1], 'kl')]).toEqual([Number.NaN])
})

test('what a term adds, and whether a weight was moved', () => {
  expect([...weighted(Float64Array.of(2, 3), Float64Array.of(4, 5))]).toEqual([8, 15])
  expect([moves(Float64Array.of(1, 1)), moves(Float64Array.of(1, 2))]).toEqual([false, true])
})
