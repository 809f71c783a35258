import { expect, test } from 'vitest'
import type { TableChunk } from './cell.ts'
import { collected } from './readers/sources.testing.ts'
import { tableOf } from './rows.ts'

test('rows from memory are a table that can be read again', async () => {
  const at = new Date(Date.UTC(2024, 1, 29))
  const table = tableOf(
    [
      { a: 1, at },
      { a: Number.NaN, b: undefined, at: new Date('no date') },
      { b: 7n, a: 2n ** 60n },
    ],
    'visits',
  )
  expect(table).toMatchObject({ name: 'visits', format: 'rows', canRestart: true })
  const rows = [
    [1, '2024-02-29T00:00:00.000Z', null],
    [null, null, null],
    ['1152921504606846976', null, 7],
  ]
  const wanted: TableChunk = { columns: ['a', 'at', 'b'], first: 0, rows }
  for (const _ of [1, 2]) expect(await collected(table.chunks())).toEqual([wanted])
})

test('chunks hold at most 4,096 rows', async () => {
  const { chunks } = tableOf(
    Array.from({ length: 5000 }, (_, row) => ({ row })),
    'many',
  )
  const firsts = (await collected(chunks())).map(({ first, rows }) => [first, rows.length, rows[0][0]])
  expect(firsts).toEqual([
    [0, 4096, 0],
    [4096, 904, 4096],
  ])
})

test('what is no table is refused', async () => {
  expect(() => tableOf([], 'x')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 0 rows without a value; wanted at least one row with one column. Fix: check where the rows come from. [table/empty]]`,
  )
  expect(() => tableOf([{ a: 1 }, [2] as never], 'x')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an array for row 2; wanted an object from column names to values for each row. Fix: give each row as { column: value }, or all as { columns, rows }. [table/rows]]`,
  )
  const nested = tableOf([{ a: 1 }, { a: { b: 1 } }], 'x')
  await expect(collected(nested.chunks())).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an object at row 2, column "a"; wanted a number, a text, true, false or nothing in each cell. Fix: write what is inside into columns of its own, or leave the column out. [table/nested]]`,
  )
})
