import { expect, test } from 'vitest'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { byTime } from './by-time.ts'

const windows = byTime(3, [
  { columns: 2, slots: 1 },
  { columns: 1, slots: 2 },
])
// Two columns of a number, one of two levels; each column row by row, then the masks of the three columns.
const window = [1, 2, 3, 4, 5, 6, 10, 11, 20, 21, 30, 31, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const overTime = [
  [1, 2, 3],
  [4, 5, 6],
  [10, 20, 30],
  [11, 21, 31],
  [0.1, 0.2, 0.3],
  [0.4, 0.5, 0.6],
  [0.7, 0.8, 0.9],
]

test('a window becomes a channel for each number of a row and each mask, and its numbers come back', async () => {
  expect([windows.read, windows.decoded]).toEqual([
    [7, 3],
    [4, 3],
  ])
  const ordered = windows.overTime(input('x', [1, window.length]))
  const back = windows.asExamples(input('y', [1, 4, 3]))
  using executable = await referenceEngine.load(program('windows', { ordered, back }))
  const found = await executable.run({
    x: { data: Float64Array.from(window), shape: [1, window.length] },
    y: { data: Float64Array.from(overTime.slice(0, 4).flat()), shape: [1, 4, 3] },
  })
  expect(found.ordered.shape).toEqual([1, 7, 3])
  expect(Array.from(found.ordered.data)).toEqual(overTime.flat())
  expect(Array.from(found.back.data)).toEqual(window.slice(0, 12))
})
