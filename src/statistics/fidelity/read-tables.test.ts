import { expect, test } from 'vitest'
import { joinTables, readTables, seenRows, takeRows } from './read-tables.ts'
import { readPair, tableOf } from './tables.testing.ts'

test('levels are numbered alike in tables read together, and missing cells are told apart', () => {
  const [first, second] = readPair(
    tableOf({ x: [1, null, 3], kind: ['a', 'b', null] }),
    tableOf({ x: [4, 5, 6], kind: ['b', 'c', 'a'] }),
  )
  expect(first.columns.map(({ values }) => [...values])).toEqual([
    [1, Number.NaN, 3],
    [0, 1, -1],
  ])
  expect(second.columns[1]).toMatchObject({ levels: ['a', 'b', 'c'], values: Int32Array.of(1, 2, 0) })
  expect(first.columns.map((column) => [...seenRows(column)])).toEqual([
    [0, 2],
    [0, 1],
  ])
  const joined = joinTables(takeRows(first, Uint32Array.of(2, 0)), second)
  expect(joined.columns.map(({ values }) => [...values])).toEqual([
    [3, 1, 4, 5, 6],
    [-1, 0, 1, 2, 0],
  ])
})

test('levels are compared as text', () => {
  const columns = [{ name: 'class', kind: 'level' }] as const
  const [table] = readTables([{ columns, rows: [[1], ['1'], [2]] }])
  expect([...table.columns[0].values]).toEqual([0, 0, 1])
})

test('what is no pair of tables is refused', () => {
  const table = tableOf({ x: [1, 2], kind: ['a', 'b'] })
  const told = (other: Parameters<typeof readTables>[0][number]) => {
    try {
      readTables([table, other])
      return 'nothing'
    } catch (error) {
      return (error as Error).message
    }
  }
  const messages = [
    told(tableOf({ x: [1, 2], color: ['a', 'b'] })),
    told({ ...table, rows: [[1, 'a'], [2]] }),
    told({ ...table, rows: [['1', 'a']] }),
    told({
      ...table,
      rows: [
        [1, 'a'],
        [Number.NaN, 'a'],
      ],
    }),
  ]
  expect(`\n${messages.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    columns "x" (number), "color" (level); wanted "x" (number), "kind" (level), as in the first table. Fix: give all tables the same columns, of the same kinds, in the same order. [fidelity/columns]
    1 cells in row 1; wanted 2, one for each column. Fix: fill missing cells with null. [fidelity/row]
    "1" in row 0 of the column of numbers "x"; wanted finite numbers, or null where nothing is known. Fix: read the column as numbers, or call it one of levels. [fidelity/cell]
    NaN in row 1 of the column of numbers "x"; wanted finite numbers, or null where nothing is known. Fix: read the column as numbers, or call it one of levels. [fidelity/cell]
    "
  `)
})
