import { expect, test } from 'vitest'
import { paceFrom } from './pace.ts'

test('a resumed training counts speed from where it went on', () => {
  let now = 0
  const start = {
    kind: 'start',
    step: 100,
    totalSteps: 500,
    stepsPerEpoch: 60,
    batch: 10,
    parameters: 1,
    engine: '',
    threads: 1,
    examples: { train: 600, validation: 0 },
    rows: { train: '', validation: '' },
  } as const
  const pace = paceFrom(start, () => now)
  now = 2000
  expect(pace.epochs).toBe(9)
  expect(pace.share(200)).toBe(0.4)
  expect(pace.examplesPerSecond(200)).toBe(500)
  expect(pace.secondsLeft(200)).toBe(6)
})
