import { expect, test } from 'vitest'
import { epochAt, knownRun } from './known-runs.testing.ts'
import { overlaid } from './overlaid.ts'

test('runs of different lengths share an axis, each with numbers at its own steps', () => {
  const a = knownRun('a', [epochAt(10, 90, 9), epochAt(200, 80, 8)])
  const b = knownRun('b', [epochAt(10, 70, 3), epochAt(30, 60, null)])
  const { x, curves } = overlaid([a, b], 'kl')
  expect([...x]).toEqual([10, 30, 200])
  expect(curves.map((curve) => [...curve])).toEqual([
    [9, Number.NaN, 8],
    [3, Number.NaN, Number.NaN],
  ])
})
