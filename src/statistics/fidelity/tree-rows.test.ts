import { expect, test } from 'vitest'
import { readPair, tableOf } from './tables.testing.ts'
import { treeRows } from './tree-rows.ts'

test('by hand: asinh of deviations from the median, a slot for each level but one of two', () => {
  const [table] = readPair(
    tableOf({ x: [1, 2, 4, null], two: ['a', 'b', 'a', 'a'], three: ['p', 'p', 'q', null] }),
    tableOf({ x: [2, 2, 2, 0], two: ['a', 'b', 'a', 'a'], three: ['p', 'p', 'q', null] }),
  )
  const { width, owners, encode } = treeRows([table])
  expect(owners).toEqual([0, 1, 2, 2, 2])
  // Median 2, deviations 0, 1, 2.
  const rows = [
    [Math.asinh(-1), 1, 1, 0, 0],
    [0, 0, 1, 0, 0],
    [Math.asinh(2), 1, 0, 0, 1],
    [-1000, 1, 0, 1, 0],
  ]
  expect(width).toBe(5)
  expect([...encode(table)]).toEqual(rows.flat().map((own) => expect.closeTo(own, 12)))
  expect(treeRows([table], 0).owners).toEqual([1, 2, 2, 2])
})

test('numbers far apart and close together stay apart in float32', () => {
  const x = [1, 1.001, 2, 3, 1e6, 1e12, 1e12 + 1e7]
  const [table] = readPair(tableOf({ x }), tableOf({ x: [1] }))
  const rows = Float32Array.from(treeRows([table]).encode(table))
  for (let row = 1; row < x.length; row++) expect(rows[row]).toBeGreaterThan(rows[row - 1])
})

test('of many levels the rare ones have a place by frequency, and those of other tables the last', () => {
  const levels = Array.from({ length: 10 }, (_, level) =>
    new Array<string>(20 - level).fill(`l${level}`),
  ).flat()
  const [table, other] = readPair(tableOf({ kind: levels }), tableOf({ kind: ['l0', 'l9', 'new'] }))
  const { width, encode } = treeRows([table])
  expect(width).toBe(9)
  const rows = encode(other)
  expect([0, 1, 2].map((row) => rows[row * width + 8])).toEqual([0, 9, 10])
  expect([0, 1, 2].map((row) => rows[row * width])).toEqual([1, 0, 0])
})
