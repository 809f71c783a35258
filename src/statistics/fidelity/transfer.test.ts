import { expect, test } from 'vitest'
import { readTables } from './read-tables.ts'
import type { FidelityTable } from './table.ts'
import { dependentTable, shuffledColumns } from './tables.testing.ts'
import { rowsWith, transfer } from './transfer.ts'

const seed0 = { seed: 0 }
const read = (train: FidelityTable, heldOut: FidelityTable, synthetic: FidelityTable) => {
  const [first, second, third] = readTables([train, heldOut, synthetic])
  return { train: first, heldOut: second, synthetic: third }
}
const [train, heldOut, alike] = [dependentTable(400, 1), dependentTable(300, 2), dependentTable(500, 3)]

test.each(['level', 'sum', 'gaps'])('rows of the same distribution teach %s as well', async (target) => {
  const found = await transfer(read(train, heldOut, alike), target, seed0)
  expect(found.measure).toBe(target === 'level' ? 'accuracy' : 'r2')
  expect(found.trainedOnReal).toBeGreaterThan(0.8)
  expect(Math.abs(found.loss)).toBeLessThan(0.05)
  expect(found.loss).toBe(found.trainedOnReal - found.trainedOnSynthetic)
  // As many synthetic rows as real ones, and none without the target.
  expect(found.rows.synthetic).toBe(found.rows.real)
  expect(found.rows.test).toBe(
    heldOut.rows.filter(([, , , gaps]) => target !== 'gaps' || gaps !== null).length,
  )
})

test.each(['level', 'sum'])('rows without dependence teach nothing of %s', async (target) => {
  const found = await transfer(read(train, heldOut, shuffledColumns(alike)), target, seed0)
  expect(found.trainedOnSynthetic).toBeLessThan(found.baseline + 0.15)
  expect(found.loss).toBeGreaterThan(0.4)
})

test('the baseline by hand', async () => {
  const columns = [
    { name: 'x', kind: 'number' },
    { name: 'kind', kind: 'level' },
    { name: 'y', kind: 'number' },
  ] as const
  const own = (rows: FidelityTable['rows']): FidelityTable => ({ columns, rows })
  const tables = read(
    own([
      [1, 'a', 0],
      [2, 'a', 2],
      [3, 'b', 4],
    ]),
    own([
      [1, 'a', 2],
      [2, 'b', 4],
      [3, 'b', 6],
      [3, 'c', 8],
    ]),
    own([[1, 'a', 1]]),
  )
  // The most frequent level is a, of 1 in 4.
  expect(await transfer(tables, 'kind', seed0)).toMatchObject({ baseline: 0.25, trainedOnSynthetic: 0.25 })
  // The mean is 2: 1 − (0 + 4 + 16 + 36) / (9 + 1 + 1 + 9).
  expect(await transfer(tables, 'y', seed0)).toMatchObject({ baseline: 1 - 56 / 20 })
})

test('what cannot be a target is refused', async () => {
  await expect(transfer(read(train, heldOut, alike), 'color', seed0)).rejects.toMatchInlineSnapshot(
    `[BetavaeError: the target "color" in a table of "sum", "exp", "level", "gaps"; wanted one of its columns, and another to tell it from. Fix: name one of those, or leave the target out. [fidelity/target]]`,
  )
})

test('rows with the target are counted', () => {
  const { columns, rows } = alike
  const empty = { columns, rows: rows.map((cells) => cells.map((cell, at) => (at === 0 ? null : cell))) }
  expect(rowsWith(read(train, heldOut, empty), 'sum')['synthetic rows with the target']).toBe(0)
})
