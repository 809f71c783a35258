import { expect, test } from 'vitest'
import { copiedRows } from './copies.ts'
import { nearestRecords } from './nearest.ts'
import { readTables } from './read-tables.ts'
import type { FidelityTable } from './table.ts'
import { dependentTable, readPair, tableOf } from './tables.testing.ts'

const read = (train: FidelityTable, heldOut: FidelityTable, synthetic: FidelityTable) => {
  const [first, second, third] = readTables([train, heldOut, synthetic])
  return { train: first, heldOut: second, synthetic: third }
}
const [train, heldOut, alike] = [dependentTable(500, 1), dependentTable(400, 2), dependentTable(300, 3)]

test('distances by hand: deviations of the training rows, levels 0 or 1, missing 1', async () => {
  // Deviation of 0, 2, 4, 6 is √5.
  const real = tableOf({ x: [0, 2, 4, 6], kind: ['a', 'a', 'b', 'b'] })
  const found = await nearestRecords(
    read(
      real,
      tableOf({ x: [2, 3, 3], kind: ['a', 'a', 'c'] }),
      tableOf({ x: [0, null, 6], kind: ['b', 'a', 'b'] }),
    ),
  )
  const unit = 1 / Math.sqrt(5)
  // Held out: 0, 1 unit, 1 unit + 1. Synthetic: to (0, a) 1, where (4, b) is 4 units = 1.79; missing 1; 0.
  expect(found.heldOut.median).toBeCloseTo(unit / 2, 12)
  expect(found.heldOut.atZero).toBeCloseTo(1 / 3, 12)
  expect(found.synthetic.median).toBeCloseTo(1 / 2, 12)
  // Linear between 0 and 0.5 at a tenth.
  expect(found.synthetic.low).toBeCloseTo(0.05, 12)
  expect(found.medianRatio).toBeCloseTo(1 / unit, 12)
  // Pairs: 0 ties with 0 and beats two others; 1 beats 1 + 1 unit, twice over.
  expect(found.nearer).toBeCloseTo((0.5 + 1 + 1 + 1 + 1) / 9, 12)
})

test('missing is nothing apart from missing', async () => {
  const real = tableOf({ x: [0, null, 9], y: [0, 0, 0] })
  const { heldOut: found } = await nearestRecords(read(real, tableOf({ x: [null], y: [0] }), real))
  expect(found.atZero).toBe(1)
})

test('draws of one distribution are as near as held-out rows', async () => {
  const { nearer, medianRatio, synthetic } = await nearestRecords(read(train, heldOut, alike))
  expect(Math.abs(nearer - 0.5)).toBeLessThan(0.07)
  expect(Math.abs((medianRatio as number) - 1)).toBeLessThan(0.2)
  expect(synthetic.atZero).toBe(0)
})

test('copies are found, also where they were moved a little', async () => {
  const moved = {
    ...train,
    rows: train.rows.map(([sum, ...rest]) => [(sum as number) + 1e-3, ...rest]),
  }
  const near = await nearestRecords(read(train, heldOut, moved))
  expect(near.nearer).toBeGreaterThan(0.9)
  expect(near.medianRatio).toBeLessThan(0.1)
  expect(near.synthetic.atZero).toBe(0)
  const mixed = { ...alike, rows: [...alike.rows.slice(30), ...train.rows.slice(0, 30)] }
  const tables = read(train, heldOut, mixed)
  expect((await nearestRecords(tables)).synthetic.atZero).toBeCloseTo(0.1, 12)
  expect(copiedRows(tables.synthetic, tables.train)).toBe(30)
  expect(copiedRows(tables.heldOut, tables.train)).toBe(0)
})

test('a copy is the same in every cell; −0 is 0, missing is missing', () => {
  const [table, training] = readPair(
    tableOf({ x: [-0, 1, null, null, 2], kind: ['a', 'a', 'a', null, 'z'] }),
    tableOf({ x: [0, 1, null, 2, 2], kind: ['a', 'b', 'a', 'a', 'z'] }),
  )
  expect(copiedRows(table, training)).toBe(3)
})
