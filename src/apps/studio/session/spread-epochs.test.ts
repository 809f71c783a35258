import { expect, test } from 'vitest'
import type { EpochEvent } from '../../../inside.ts'
import { spreadEpochs } from './spread-epochs.ts'

const epochs = (from: number, to: number): EpochEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    kind: 'epoch',
    epoch: from + i,
    step: 10 * (from + i),
    train: { loss: 0, elbo: null, reconstruction: 0, kl: null, terms: {} },
    examplesPerSecond: 0,
  }))
const numbers = (some: readonly EpochEvent[]) => some.map(({ epoch }) => epoch)

test('a short training keeps all, a long one as many as there is room for, evenly', () => {
  const few = epochs(1, 8)
  expect(spreadEpochs(few, 8)).toBe(few)
  expect(numbers(spreadEpochs(epochs(1, 9), 8))).toEqual([1, 2, 4, 6, 8, 9])
  expect(numbers(spreadEpochs(epochs(1, 40), 8))).toEqual([1, 8, 16, 24, 32, 40])
})

test('epoch by epoch comes to the same', () => {
  let some: readonly EpochEvent[] = []
  for (const epoch of epochs(1, 100)) some = spreadEpochs([...some, epoch], 8)
  expect(numbers(some)).toEqual(numbers(spreadEpochs(epochs(1, 100), 8)))
  expect(spreadEpochs([])).toEqual([])
})
