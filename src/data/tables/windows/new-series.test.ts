import { expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
import { inferSchema } from '../infer-schema.ts'
import { tableOf } from '../rows.ts'
import { newGroups, newTimes } from './new-series.ts'
import { orderSchema, windowsOf } from './ordering.ts'

async function windowsFor(times: readonly Cell[], names: readonly Cell[]) {
  const rows = times.map((when, at) => ({ when, whose: names[at % names.length], heat: at % 7 }))
  const schema = await inferSchema(tableOf(rows, 'rows').chunks())
  const windows = windowsOf({ order: 'when', group: 'whose' })
  return { ...windows, schema: orderSchema(windows, schema) }
}

const monthly = Array.from({ length: 30 }, (_, at) =>
  new Date(Date.UTC(2022, at + 1, 0)).toISOString().slice(0, 10),
)

test('months go on as months', async () => {
  const windows = await windowsFor(monthly, ['a', 'b'])
  const pace = [28, 30, 31].map((days) => Math.log(days * 86_400_000))
  const { cells, elapsed } = newTimes(windows, { pace, rows: 30, seed: 0, number: 0 })
  expect(cells).toEqual(monthly)
  expect(elapsed[0]).toBeNaN()
  expect(elapsed[1]).toBeCloseTo(Math.log(28 * 86_400_000))
})

test('times between rows that vary are drawn from those that were seen', async () => {
  const windows = await windowsFor([0, 1, 3, 4, 8, 9, 11, 15.5, 16.25], ['a', 'b'])
  const { cells } = newTimes(windows, { pace: [1, 2, 4].map(Math.log), rows: 400, seed: 1, number: 0 })
  const gaps = cells.slice(1).map((cell, at) => Number(cell) - Number(cells[at]))
  for (const gap of [1, 2, 4])
    expect(gaps.filter((own) => Math.abs(own - gap) < 0.02).length).toBeGreaterThan(90)
})

test('series are named as those that there are, and no name is one of these', async () => {
  const named = async (names: readonly Cell[]) => newGroups(await windowsFor(monthly, names), 2, 0)
  expect(await named(['pump 08', 'pump 09'])).toEqual(['pump 10', 'pump 11'])
  expect(await named([3, 12, 7])).toEqual([13, 14])
  expect(await named(['Ann', 'Barbara', 'Chris'])).toEqual(['series 1', 'series 2'])
})
