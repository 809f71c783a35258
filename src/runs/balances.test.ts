import { expect, test } from 'vitest'
import type { StepEvent } from '../train/events.ts'
import { balancesOf } from './balances.ts'

const step = (at: number, kl: number): StepEvent => ({
  kind: 'step',
  step: at,
  epoch: 1,
  loss: 10 + 2 * kl,
  reconstruction: 10,
  kl,
  elbo: -10 - kl,
  terms: { kl },
  weights: { kl: 2 },
  learningRate: 0.1,
})

test('the start is the first step; the end is the mean over the last tenth', () => {
  const { start, end } = balancesOf([
    step(1, 0),
    ...Array.from({ length: 100 }, (_, i) => step(2 * (i + 1), i + 1)),
    { kind: 'end', reason: 'finished', step: 200, epoch: 1, bestEpoch: null, seconds: 1 },
  ])
  expect(start).toMatchObject({ steps: [1, 1], loss: 10, terms: { kl: { weighted: 0 } } })
  expect(end).toMatchObject({ steps: [182, 200], loss: 10 + 2 * 95.5, terms: { kl: { value: 95.5 } } })
})

test('one step is both; a log without steps has neither', () => {
  const { start, end } = balancesOf([step(1, 3)])
  expect(end).toEqual(start)
  expect(balancesOf([])).toEqual({ start: null, end: null })
})
