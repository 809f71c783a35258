import { expect, test } from 'vitest'
import { dependentTable, readPair, shuffledColumns } from './tables.testing.ts'
import { twoSampleTest } from './two-sample.ts'

const seed0 = { seed: 0 }

test('cannot tell two draws of one distribution apart', async () => {
  const found = await twoSampleTest(...readPair(dependentTable(600, 1), dependentTable(600, 2)), seed0)
  // The standard error of an area from 2 × 600 rows is about √((n + 1)/(6n²)) = 0.017.
  expect(Math.abs(found.auc - 0.5)).toBeLessThan(0.05)
  expect(found.perFold).toHaveLength(5)
  expect(found.rows).toBe(600)
})

test('tells columns apart that were turned against each other', async () => {
  const table = dependentTable(600, 1)
  const found = await twoSampleTest(...readPair(table, shuffledColumns(table)), seed0)
  expect(found.auc).toBeGreaterThan(0.9)
})

test('names the column that gave synthetic rows away, and takes as many rows of either', async () => {
  const table = dependentTable(200, 1)
  const { columns, rows } = dependentTable(300, 2)
  const moved = { columns, rows: rows.map(([sum, ...rest]) => [(sum as number) + 10, ...rest]) }
  const found = await twoSampleTest(...readPair(table, moved), seed0)
  expect(found.auc).toBe(1)
  expect(found.rows).toBe(200)
  expect(found.columns[0]).toEqual({ name: 'sum', share: expect.closeTo(1, 6) })
})

test('a missing cell tells as much as a known one', async () => {
  const table = dependentTable(200, 1)
  const holes = {
    ...table,
    rows: table.rows.map((cells) => cells.map((cell, at) => (at === 3 ? null : cell))),
  }
  const found = await twoSampleTest(...readPair(table, holes), seed0)
  expect(found.auc).toBeGreaterThan(0.8)
  expect(found.columns[0].name).toBe('gaps')
})

test('copies bring it below one half', async () => {
  const table = dependentTable(300, 1)
  const found = await twoSampleTest(...readPair(table, table), seed0)
  expect(found.auc).toBeLessThan(0.4)
})

test('the seed decides, and nothing else', async () => {
  const pair = readPair(dependentTable(60, 1), dependentTable(60, 2))
  const [first, again, other] = [
    await twoSampleTest(...pair, seed0),
    await twoSampleTest(...pair, seed0),
    await twoSampleTest(...pair, { seed: 1 }),
  ]
  expect(again).toEqual(first)
  expect(other.perFold).not.toEqual(first.perFold)
})
