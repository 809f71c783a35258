import { expect, test } from 'vitest'
import type { Schedule, Wanted } from './reproduction.ts'
import { gotText, isWithin, wantedText, weigh } from './weigh.ts'

test('a number hits within its tolerance, ends included, or from its least value up', () => {
  const band: Wanted = { value: 8, tolerance: 0.5 }
  expect([7.4, 7.5, 8, 8.5, 8.6].map((found) => isWithin(found, band))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect([-0.1, 0, 1].map((found) => isWithin(found, { atLeast: 0 }))).toEqual([false, true, true])
  expect([band, { atLeast: 0 }].map((wanted) => isWithin(Number.NaN, wanted))).toEqual([false, false])
})

test('numbers read as they were written, what came out with a decimal more than its tolerance', () => {
  expect(wantedText({ value: 105.52, tolerance: 0.5 })).toBe('105.52 ± 0.5')
  expect(wantedText({ atLeast: -1 })).toBe('≥ −1')
  expect(gotText(89.87654, { value: 89.9, tolerance: 0.6 })).toBe('89.88')
  expect(gotText(0.00017024, { value: 0, tolerance: 0.001 })).toBe('0.0002')
})

test('every target is held against what members came to, with its note', () => {
  const schedule: Schedule = {
    extent: '',
    minutes: 1,
    members: [],
    judge: { split: 'test' },
    targets: [
      { name: 'sum', wanted: { value: 3, tolerance: 0 }, from: 'own', got: ({ a, b }) => a.kl + b.kl },
      {
        name: 'least',
        wanted: { atLeast: 2 },
        from: 'source',
        got: ({ a }) => a.kl,
        note: ({ a }) => `kl ${a.kl}`,
      },
    ],
  }
  expect(weigh(schedule, { a: { kl: 1 }, b: { kl: 2 } })).toEqual([
    { name: 'sum', wanted: { value: 3, tolerance: 0 }, from: 'own', got: 3, hit: true },
    { name: 'least', wanted: { atLeast: 2 }, from: 'source', got: 1, hit: false, note: 'kl 1' },
  ])
})
