import { expect, test } from 'vitest'
import type { LoggedEvent } from '../runs/journal.ts'
import { curvesOf } from './curves.ts'

const metrics = (loss: number, kl: number | null = 1) => ({
  loss,
  reconstruction: loss - (kl ?? 0),
  kl,
  elbo: kl === null ? null : -loss,
  terms: {},
})
const start: LoggedEvent = {
  kind: 'start',
  step: 0,
  totalSteps: 2000,
  stepsPerEpoch: 1000,
  batch: 8,
  parameters: 5,
  engine: 'reference',
  threads: 1,
  examples: { train: 80, validation: 0 },
  rows: { train: '00000000', validation: '00000000' },
}
const step = (at: number, loss: number): LoggedEvent => ({
  kind: 'step',
  step: at,
  epoch: 1,
  weights: {},
  learningRate: 0.1,
  ...metrics(loss),
})
const epoch = (number: number, loss: number, validation?: number): LoggedEvent => ({
  kind: 'epoch',
  epoch: number,
  step: 1000 * number,
  train: metrics(loss),
  ...(validation === undefined ? {} : { validation: metrics(validation) }),
  examplesPerSecond: 1,
})

test('an empty log has no curves', () => {
  expect(curvesOf([])).toBeUndefined()
  expect(curvesOf([start])).toBeUndefined()
})

test('means of an epoch stand at its middle, validation at its end', () => {
  const curves = curvesOf([start, epoch(1, 9, 8), epoch(2, 7, 6)])
  expect(curves?.unit).toBe('epoch')
  expect(curves?.loss).toEqual({
    batches: [],
    train: [
      [0.5, 9],
      [1.5, 7],
    ],
    validation: [
      [1, 8],
      [2, 6],
    ],
  })
  expect(curves?.kl?.validation).toEqual([
    [1, 1],
    [2, 1],
  ])
})

test('many batches become a few hundred averages that keep the mean', () => {
  const steps = Array.from({ length: 960 }, (_, i) => step(i + 1, i))
  const batches = curvesOf([start, ...steps])?.loss.batches ?? []
  expect(batches).toHaveLength(240)
  expect(batches.reduce((sum, [, loss]) => sum + loss, 0) / 240).toBeCloseTo(479.5)
})

test('without a beginning, steps are counted; without a posterior, there is no KL curve', () => {
  const bare: LoggedEvent = {
    kind: 'epoch',
    epoch: 1,
    step: 30,
    train: metrics(4, null),
    examplesPerSecond: 1,
  }
  const curves = curvesOf([bare])
  expect(curves?.unit).toBe('step')
  expect(curves?.loss.train).toEqual([[30, 4]])
  expect(curves).not.toHaveProperty('kl')
})
