import { expect, test } from 'vitest'
import { attributeDisclosure, repeats } from './disclosure.ts'
import { membershipAttack } from './membership.ts'
import { readTables } from './read-tables.ts'
import { dependentTable } from './tables.testing.ts'

const read = (synthetic = dependentTable(200, 3)) => {
  const [train, heldOut, made] = readTables([dependentTable(200, 1), dependentTable(100, 2), synthetic])
  return { train, heldOut, synthetic: made }
}

test('of rows that nobody learned from, an attacker learns nothing: chance lies within the interval', async () => {
  const { advantage, interval, members, others } = await membershipAttack(read())
  expect([members, others]).toEqual([200, 100])
  expect(Math.abs(advantage)).toBeLessThan(0.15)
  expect(interval[0]).toBeLessThan(0)
  expect(interval[1]).toBeGreaterThan(0)
  const { interval: cells } = await attributeDisclosure(read())
  expect(cells[0]).toBeLessThan(0)
  expect(cells[1]).toBeGreaterThan(0)
})

test('an attacker learns nothing of them either where more rows were held out than are attacked', async () => {
  const tables = [dependentTable(300, 1), dependentTable(2100, 2), dependentTable(300, 3)]
  const [train, heldOut, synthetic] = readTables(tables)
  const { advantage, interval, others } = await membershipAttack({ train, heldOut, synthetic })
  expect(others).toBe(2000)
  expect(Math.abs(advantage)).toBeLessThan(0.15)
  expect(interval[0]).toBeLessThan(0)
})

test('copies of training rows give their rows away, every second one about half of them', async () => {
  const copied = await membershipAttack(read(dependentTable(200, 1)))
  expect(copied.advantage).toBeGreaterThan(0.8)
  expect(copied.interval[0]).toBeGreaterThan(0)
  const train = dependentTable(200, 1)
  const mixed = {
    ...train,
    rows: [...train.rows.slice(0, 100), ...dependentTable(100, 4).rows],
  }
  const half = await membershipAttack(read(mixed))
  expect(half.advantage).toBeGreaterThan(0.3)
  expect(half.advantage).toBeLessThan(0.75)
  expect((await attributeDisclosure(read(train))).interval[0]).toBeGreaterThan(0)
})

test('rare levels and extreme numbers that come again are counted', () => {
  const columns = [
    { name: 'level', kind: 'level' },
    { name: 'number', kind: 'number' },
  ] as const
  const table = (rows: readonly (readonly [string, number])[]) => ({ columns, rows })
  const train = table([...Array.from({ length: 8 }, () => ['often', 5] as const), ['once', 1], ['seldom', 9]])
  const heldOut = table([['seldom', 5]])
  const made = table([
    ['once', 9],
    ['often', 4],
  ])
  const [a, b, c] = readTables([train, heldOut, made])
  expect(repeats({ train: a, heldOut: b, synthetic: c })).toEqual({
    rareLevels: { count: 2, synthetic: 1, heldOut: 1 },
    extremes: { count: 2, synthetic: 1, heldOut: 0 },
  })
})
