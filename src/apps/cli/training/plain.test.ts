import { expect, test } from 'vitest'
import type { EpochEvent, StartEvent } from '../../../inside.node.ts'
import { memoryTerminal } from '../running.testing.ts'
import { plainViewer } from './plain.ts'

const start: StartEvent = {
  kind: 'start',
  step: 0,
  totalSteps: 1000,
  stepsPerEpoch: 1,
  batch: 8,
  parameters: 100,
  engine: 'reference',
  threads: 1,
  examples: { train: 8, validation: 0 },
  rows: { train: '', validation: '' },
}

const epochOf = (epoch: number): EpochEvent => ({
  kind: 'epoch',
  epoch,
  step: epoch,
  train: { loss: 1, reconstruction: 1, kl: null, elbo: null, terms: {} },
  examplesPerSecond: 100,
})

test('a thousand epochs in five seconds are six lines, the first and the last among them', () => {
  const { terminal, written } = memoryTerminal()
  let now = 0
  const viewer = plainViewer(terminal, () => now)
  viewer.show(start)
  for (let epoch = 1; epoch <= 1000; epoch++, now += 5) viewer.show(epochOf(epoch))
  const epochs = written.err.split('\n').flatMap((line) => /^epoch +(\d+)/.exec(line)?.[1] ?? [])
  expect(epochs).toEqual(['1', '201', '401', '601', '801', '1000'])
})
