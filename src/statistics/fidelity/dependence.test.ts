import { expect, test } from 'vitest'
import { dependence } from './dependence.ts'
import { marginals } from './marginals.ts'
import { dependentTable, readPair, shuffledColumns, tableOf } from './tables.testing.ts'

test('matrices by hand: numbers, levels and both, over rows that both columns know', async () => {
  const table = tableOf({
    x: [1, 2, 3, null],
    y: [6, 5, null, 100],
    kind: ['a', 'a', 'b', 'b'],
  })
  const { columns, real } = await dependence(...readPair(table, table))
  expect(columns).toEqual(['x', 'y', 'kind'])
  // x and y: two rows, in reverse. y and kind: 6, 5 and 100, with η² = 1 − 0.5 / 5954; n = 3, k = 2.
  const total = (6 - 37) ** 2 + (5 - 37) ** 2 + (100 - 37) ** 2
  const yKind = Math.sqrt(1 - (2 * 0.5) / total)
  // x and kind: 1, 2 and 3, with 0.5 of 2 within.
  const xKind = Math.sqrt(1 - (2 * 0.5) / 2)
  const near = (rows: number[][]) => rows.map((row) => row.map((own) => expect.closeTo(own, 12)))
  expect(real).toEqual(
    near([
      [1, 1, xKind],
      [1, 1, yKind],
      [xKind, yKind, 1],
    ]),
  )
})

test('columns turned against each other have the same marginals and another dependence', async () => {
  const table = dependentTable(600, 3)
  const pair = readPair(table, shuffledColumns(table))
  expect(marginals(...pair).largestDistance).toBe(0)
  const lost = await dependence(...pair)
  expect(lost.meanDifference).toBeGreaterThan(0.7)
  expect(lost.largestPair).toHaveLength(2)
  const kept = await dependence(...readPair(table, dependentTable(600, 4)))
  expect(kept.largestDifference).toBeLessThan(0.05)
})

test('one column has no pair', async () => {
  const table = tableOf({ x: [1, 2, 3] })
  expect(await dependence(...readPair(table, table))).toMatchObject({ real: [[1]], meanDifference: 0 })
})

test('stops when it is told to', async () => {
  const table = dependentTable(20, 1)
  await expect(dependence(...readPair(table, table), AbortSignal.abort('enough'))).rejects.toBe('enough')
})
