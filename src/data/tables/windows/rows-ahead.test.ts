import { expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
import { inferSchema } from '../infer-schema.ts'
import { tableOf } from '../rows.ts'
import { orderSchema, windowsOf } from './ordering.ts'
import { rowsAhead } from './rows-ahead.ts'

async function ahead(times: readonly Cell[], count: number): Promise<readonly Cell[]> {
  const rows = times.map((when, at) => ({ when, plant: 'A', heat: at % 7, odd: at }))
  const table = tableOf(rows, 'rows')
  const schema = orderSchema({ order: 'when' }, await inferSchema(table.chunks()))
  const windows = { ...windowsOf({ order: 'when' }), schema }
  for await (const chunk of table.chunks()) {
    const whole = rowsAhead(chunk, windows, { count, modelled: ['heat'] })
    expect(whole.rows.slice(0, times.length)).toEqual(chunk.rows)
    for (const row of whole.rows.slice(times.length)) expect(row.slice(1)).toEqual(['A', null, null])
    return whole.rows.slice(times.length).map(([when]) => when)
  }
  return []
}

const days = (from: string, count: number, isKept = (_: Date) => true): string[] =>
  Array.from({ length: count }, (_, day) => new Date(Date.parse(from) + day * 86_400_000))
    .filter(isKept)
    .map((date) => date.toISOString().slice(0, 10))

test('numbers go on by their usual step, whatever lies between two of them', async () => {
  expect(await ahead([0, 5, 10, 15, 30, 35, 40], 3)).toEqual([45, 50, 55])
})

test('dates stay as they are written', async () => {
  const times = Array.from(
    { length: 30 },
    (_, hour) => `2024-03-0${1 + Math.floor(hour / 24)} ${String(hour % 24).padStart(2, '0')}:30`,
  )
  expect(await ahead(times, 2)).toEqual(['2024-03-02 06:30', '2024-03-02 07:30'])
})

test('months go on as months, from their beginning or their end', async () => {
  const months = (day: (month: number) => string) => Array.from({ length: 20 }, (_, at) => day(at))
  const first = months((at) => new Date(Date.UTC(2022, at, 1)).toISOString().slice(0, 10))
  expect(await ahead(first, 14).then((found) => found.slice(-2))).toEqual(['2024-09-01', '2024-10-01'])
  const ends = months((at) => new Date(Date.UTC(2022, at + 1, 0)).toISOString().slice(0, 10))
  expect(await ahead(ends, 7).then((found) => found.slice(-2))).toEqual(['2024-02-29', '2024-03-31'])
})

test('working days leave weekends out', async () => {
  const times = days('2024-01-01', 61, (date) => date.getUTCDay() % 6 !== 0)
  expect(times.at(-1)).toBe('2024-03-01')
  expect(await ahead(times, 6)).toEqual(
    days('2024-03-04', 8, (date) => date.getUTCDay() % 6 !== 0).slice(0, 6),
  )
})

test('a single row shows no step', async () => {
  const table = tableOf([{ when: 3, heat: 1 }], 'rows')
  for await (const chunk of table.chunks())
    expect(() => rowsAhead(chunk, windowsOf({ order: 'when' }), { count: 1, modelled: ['heat'] })).toThrow(
      /table\/ahead/,
    )
})
