import { expect, test } from 'vitest'
import type { LoggedEvent } from '../../../runs/journal.ts'
import { trainingSeconds } from './seconds.ts'

const start = (step: number) => ({ kind: 'start', step, batch: 10, stepsPerEpoch: 5 }) as LoggedEvent
const epoch = (step: number, examplesPerSecond: number) =>
  ({ kind: 'epoch', epoch: step / 5, step, examplesPerSecond }) as LoggedEvent
const end = (seconds: number) => ({ kind: 'end', seconds }) as LoggedEvent

test('an uninterrupted training took what its end says', () => {
  expect(trainingSeconds([start(0), epoch(5, 50), epoch(10, 50), end(2.5)])).toBe(2.5)
})

test('of an interrupted one, earlier epochs count at their pace', () => {
  expect(trainingSeconds([start(0), epoch(5, 25), start(5), epoch(10, 50), end(1.5)])).toBe(3.5)
})

test('epochs that a log leaves out went at the pace of the next one', () => {
  expect(trainingSeconds([start(0), epoch(5, 25), epoch(15, 50), start(15), end(1)])).toBe(5)
})
