import { expect, test } from 'vitest'
import type { EpochEvent, StepEvent } from '../train/events.ts'
import { journalOf, type LoggedEvent, logged, upTo } from './journal.ts'

const step = (at: number): StepEvent => ({
  kind: 'step',
  step: at,
  epoch: 1,
  loss: 1,
  reconstruction: 1,
  kl: 0,
  elbo: -1,
  terms: {},
  weights: {},
  learningRate: 0.1,
})

test('a log keeps at most about a thousand steps, chosen by number', () => {
  const kept = Array.from({ length: 8420 }, (_, i) => logged(step(i + 1), 8420)).filter(
    (event) => event !== undefined,
  )
  expect(kept[0]).toEqual(step(1))
  expect(kept.length).toBeGreaterThan(800)
  expect(kept.length).toBeLessThanOrEqual(1000)
  expect(logged(step(3), 10)).toEqual(step(3))
})

const epoch = (at: number, best = false): EpochEvent => ({
  kind: 'epoch',
  epoch: at,
  step: at,
  train: { loss: 1, reconstruction: 1, kl: 0, elbo: -1, terms: {} },
  examplesPerSecond: 1,
  ...(best ? { isBest: true } : {}),
})

function epochsKept(count: number, bests: readonly number[], reason: 'finished' | 'early-stop' = 'finished') {
  const take = journalOf(count)
  const bestEpoch = bests.at(-1) ?? null
  const end = { kind: 'end', reason, step: count, epoch: count, bestEpoch, seconds: 1 } as const
  const told = Array.from({ length: count }, (_, i) => epoch(i + 1, bests.includes(i + 1)))
  const kept = [...told, end].flatMap((event) => take(event))
  expect(kept.at(-1)).toEqual(end)
  return kept.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))
}

test('a log keeps ever fewer of many epochs, in order, and always the best and the last', () => {
  expect(epochsKept(200, [150])).toHaveLength(200)
  const kept = epochsKept(100_001, [3, 70_001, 90_003])
  expect(kept.length).toBeLessThan(1600)
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
  expect(kept).toEqual(expect.arrayContaining([1, 3, 256, 70_001, 90_003, 100_001]))
  expect(epochsKept(301, [301])).toEqual([
    ...Array.from({ length: 256 }, (_, i) => i + 1),
    ...Array.from({ length: 22 }, (_, i) => 258 + 2 * i),
    301,
  ])
})

test('going on from a step forgets what will happen again', () => {
  const events: LoggedEvent[] = [
    step(1),
    step(5),
    { kind: 'checkpoint', step: 5 },
    step(6),
    { kind: 'end', reason: 'interrupted', step: 6, epoch: 1, bestEpoch: null, seconds: 1 },
  ]
  expect(upTo(events, 5)).toEqual(events.slice(0, 3))
  expect(upTo(events, 0)).toEqual([])
})
