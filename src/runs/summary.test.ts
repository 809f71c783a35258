import { expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import { completeRecipe } from '../recipe/complete.ts'
import type { LoggedEvent } from './journal.ts'
import { summaryOf } from './summary.ts'

const recipe = completeRecipe(
  { data: { source: 'toy' }, training: { steps: 30 } },
  datasetOf(
    ndarray(
      Float32Array.from({ length: 40 }, (_, i) => i),
      [20, 2],
    ),
    { name: 'toy' },
  ),
)
const metrics = (loss: number) => ({ loss, reconstruction: loss, kl: 0, elbo: -loss, terms: { kl: 0 } })
const epoch = (epoch: number, validated: boolean): LoggedEvent => ({
  kind: 'epoch',
  epoch,
  step: epoch * 10,
  train: metrics(epoch),
  ...(validated ? { validation: metrics(100 + epoch) } : {}),
  examplesPerSecond: 1,
})
const end = (reason: 'finished' | 'early-stop', bestEpoch: number | null): LoggedEvent => ({
  kind: 'end',
  reason,
  step: 30,
  epoch: 3,
  bestEpoch,
  seconds: 1,
})

test('a run that has not trained yet', () => {
  expect(summaryOf(recipe, [])).toEqual({
    data: 'toy',
    objective: 'vae',
    weights: { kl: 1 },
    latent: 2,
    step: 0,
    steps: 30,
    state: 'unfinished',
  })
})

test('the last epoch speaks for a run, validation first', () => {
  expect(summaryOf(recipe, [epoch(1, true), epoch(2, true)])).toMatchObject({
    step: 20,
    metrics: { loss: 102 },
  })
  expect(summaryOf(recipe, [epoch(1, false), end('finished', null)])).toMatchObject({
    state: 'finished',
    metrics: { loss: 1 },
  })
})

test('the best epoch speaks where one was chosen', () => {
  const events = [epoch(1, true), epoch(2, true), epoch(3, true), end('early-stop', 2)]
  expect(summaryOf(recipe, events)).toMatchObject({ state: 'early-stop', step: 30, metrics: { loss: 102 } })
})
