import { expect, test } from 'vitest'
import type { StepColumns } from '../protocol.ts'
import { StepRows } from './step-rows.ts'

/** Steps `from` to `to`, the loss of each twice its number. */
const steps = (from: number, to: number): StepColumns => {
  const step = Uint32Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const loss = Float64Array.from(step, (number) => 2 * number)
  const none = new Float64Array(step.length).fill(Number.NaN)
  return { step, loss, reconstruction: loss, kl: none, terms: { tc: loss }, weights: { tc: loss } }
}
const seen = (rows: StepRows) => [[...rows.column('step')], [...rows.column('loss')]]

test('every step is a row while there is room', () => {
  const rows = new StepRows(4)
  rows.add(steps(1, 2))
  rows.add(steps(3, 4))
  expect(seen(rows)).toEqual([
    [1, 2, 3, 4],
    [2, 4, 6, 8],
  ])
  expect(rows.names).toEqual(['step', 'loss', 'reconstruction', 'kl', 'term.tc', 'weight.tc'])
  expect([...rows.column('kl')]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
})

test('without room a row is the mean of two steps, then of four; the newest step is always there', () => {
  const rows = new StepRows(4)
  rows.add(steps(1, 5))
  expect(seen(rows)).toEqual([
    [2, 4, 5],
    [3, 7, 10],
  ])
  rows.add(steps(6, 9))
  expect(seen(rows)).toEqual([
    [4, 8, 9],
    [5, 13, 18],
  ])
})

test('in whatever portions steps come, the rows are the same', () => {
  const [whole, parts] = [new StepRows(8), new StepRows(8)]
  whole.add(steps(1, 100))
  for (let from = 1; from <= 100; from += 7) parts.add(steps(from, Math.min(100, from + 6)))
  expect(seen(parts)[0]).toEqual(seen(whole)[0])
  for (const [i, loss] of seen(whole)[1].entries()) expect(seen(parts)[1][i]).toBeCloseTo(loss)
  expect(whole.length).toBeLessThanOrEqual(8)
})

test('what was copied goes on as it would have, from where it is cut', () => {
  const [rows, again] = [new StepRows(4), new StepRows(4)]
  rows.add(steps(1, 8))
  again.restore(rows.copy())
  again.cutAfter(6)
  expect(seen(again)[0]).toEqual([2, 4, 6])
  again.add(steps(7, 9))
  rows.add(steps(9, 9))
  expect(seen(again)).toEqual(seen(rows))
})

test('more rows than there is room for are fewer when restored', () => {
  const [rows, small] = [new StepRows(100), new StepRows(4)]
  rows.add(steps(1, 16))
  small.restore(rows.copy())
  expect(seen(small)[0]).toEqual([4, 8, 12, 16])
})
