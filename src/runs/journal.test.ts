import { expect, test } from 'vitest'
import type { StepEvent } from '../train/events.ts'
import { type LoggedEvent, logged, parseLog, upTo } from './journal.ts'

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

test('a last line that a crash tore is left out; a torn line elsewhere is not passed over', () => {
  const whole = `${JSON.stringify(step(1))}\n`
  expect(parseLog(`${whole}${whole.slice(0, 20)}`)).toHaveLength(1)
  expect(() => parseLog(`${whole.slice(0, 20)}\n${whole}`)).toThrow(/line 1 .*\[runs\/log\]/)
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
