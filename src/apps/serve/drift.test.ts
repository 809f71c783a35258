import { expect, test } from 'vitest'
import type { SeenRows, ServedFacts } from '../../inside.node.ts'
import { driftOf } from './drift.ts'

const PARTS = 20
const even = new Array<number>(PARTS).fill(1 / PARTS)
const column = { kind: 'real', about: '', missing: 0.1, example: null }
const facts: ServedFacts = {
  ...{
    operations: ['score'],
    latent: 2,
    exampleShape: [3],
    engine: 'native',
    heldOut: 1000,
    expectedP: even,
  },
  columns: [
    { ...column, name: 'a', expected: even },
    { ...column, name: 'b', expected: even },
    { ...column, name: 'c', kind: 'categorical' },
  ],
}

/** Counts of rows spread evenly, but for what is said otherwise. */
const seenOf = (rows: number, other: Partial<SeenRows> = {}): SeenRows => ({
  rows,
  p: new Array<number>(PARTS).fill(rows / PARTS),
  flagged: 0.05 * rows,
  missing: [0.1 * rows, 0.1 * rows, 0.1 * rows],
  unread: [0, 0, 0],
  parts: [
    new Array<number>(PARTS).fill((0.9 * rows) / PARTS),
    new Array<number>(PARTS).fill((0.9 * rows) / PARTS),
    undefined,
  ],
  ...other,
})

const moved = (seen: SeenRows) => {
  const { drifted, columns } = driftOf(facts, seen)
  return [drifted, columns.filter((one) => one.drifted).map(({ name }) => name)]
}

test('rows as in training have not drifted', () => {
  const drift = driftOf(facts, seenOf(2000))
  expect(drift.distance).toBeCloseTo(0)
  expect(drift.flagged).toBeCloseTo(0.05)
  expect(moved(seenOf(2000))).toEqual([false, []])
})

test('scores, columns of numbers and gaps that moved are named, each by itself', () => {
  const high = new Array<number>(PARTS).fill(0)
  high[PARTS - 1] = 1800
  const even = seenOf(2000).parts
  expect(moved(seenOf(2000, { parts: [even[0], high, undefined] }))).toEqual([false, ['b']])
  expect(moved(seenOf(2000, { missing: [200, 200, 900] }))).toEqual([false, ['c']])
  const low = new Array<number>(PARTS).fill(0)
  low[0] = 2000
  expect(moved(seenOf(2000, { p: low }))).toEqual([true, []])
})

test('of few rows nothing is said', () => {
  const low = new Array<number>(PARTS).fill(0)
  low[0] = 100
  expect(moved(seenOf(100, { p: low, missing: [100, 0, 0] }))).toEqual([false, []])
})
