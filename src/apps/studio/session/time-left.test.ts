import { expect, test } from 'vitest'
import { type Pace, paceAfter, secondsFor, timeLeft } from './time-left.ts'

const none: Pace = { steps: 0, seconds: 0 }

test('time is said as roughly as it is known', () => {
  expect([3, 42, 88, 100, 3000, 5399, 5400, 12_000].map(timeLeft)).toEqual([
    'a few seconds left',
    'about 40 s left',
    'about 90 s left',
    'about 2 min left',
    'about 50 min left',
    'about 1.5 h left',
    'about 1.5 h left',
    'about 3.5 h left',
  ])
})

test('one slow moment does not make a training long, slow ones that stay do', () => {
  let pace = none
  for (let i = 0; i < 30; i++) pace = paceAfter(pace, { steps: 10, seconds: 0.1 })
  expect(secondsFor(1000, pace)).toBeCloseTo(10)
  expect(secondsFor(1000, paceAfter(pace, { steps: 1, seconds: 0.5 }))).toBeLessThan(13)
  for (let i = 0; i < 60; i++) pace = paceAfter(pace, { steps: 2, seconds: 1 })
  expect(secondsFor(10, pace)).toBeCloseTo(5, 0)
})

test('after the first moments nothing is said', () => {
  expect(secondsFor(1000, paceAfter(none, { steps: 1, seconds: 1 }))).toBeUndefined()
})
