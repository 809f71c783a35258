import { expect, test } from 'vitest'
import { normalQuantile } from '../../base/random.ts'
import { binsOf, codeIn, MOST_BINS, valueIn } from './bins.ts'
import { openTree } from './draw-tree.ts'
import { growTree, strongest } from './grow-tree.ts'
import { toldByOthers } from './linear.ts'
import type { Variable } from './variable.ts'

const ROWS = 2000
/** A number from 0 to 1 for each row, of many unlike sequences. */
const uniform = (row: number, sequence: number): number => {
  const x = Math.sin(row * 12.9898 + sequence * 78.233) * 43758.5453
  return x - Math.floor(x)
}
const variable = (size: number, isOrdered: boolean, code: (row: number) => number): Variable => ({
  codes: Int16Array.from({ length: ROWS }, (_, row) => code(row)),
  size,
  isOrdered,
})
const share = (tree: ReturnType<typeof openTree>, codes: readonly number[], wanted: number): number =>
  Array.from({ length: 1000 }, (_, at) => tree.draw(codes, (at + 0.5) / 1000)).filter(
    (code) => code === wanted,
  ).length / 1000

test('a tree tells how often each value is there, where another column decides that', () => {
  // Levels 1 and 4 of six have the code 7 in nine of ten rows, others in one of ten.
  const level = variable(6, false, (row) => Math.floor(6 * uniform(row, 1)))
  const chance = variable(10, true, (row) => Math.floor(10 * uniform(row, 2)))
  const isOften = (row: number) => [1, 4].includes(level.codes[row])
  const target = variable(20, true, (row) =>
    uniform(row, 3) < (isOften(row) ? 0.9 : 0.1) ? 7 : Math.floor(20 * uniform(row, 4)),
  )
  const tree = openTree(growTree(target, [chance, level], { least: 50 }), 2)
  const of = (own: number) => [0, 3, 6, 9].reduce((sum, other) => sum + share(tree, [other, own], 7) / 4, 0)
  for (const own of [1, 4]) expect(of(own)).toBeGreaterThan(0.8)
  for (const own of [0, 2, 3, 5]) expect(of(own)).toBeLessThan(0.25)
})

test('a gap is a value like others, and rows without the target are left out', () => {
  const seen = variable(2, true, (row) => (row % 2 === 0 ? -1 : 1))
  const target = variable(3, false, (row) => (row % 5 === 0 ? -1 : row % 2 === 0 ? 2 : 0))
  const tree = openTree(growTree(target, [seen], { least: 20 }), 1)
  expect(share(tree, [-1], 2)).toBe(1)
  expect(share(tree, [1], 0)).toBe(1)
})

test('no leaf holds fewer rows than asked for', () => {
  const feature = variable(256, true, (row) => Math.floor(256 * uniform(row, 5)))
  const tree = growTree(
    variable(256, true, (row) => feature.codes[row]),
    [feature],
    { least: 20 },
  )
  const sizes: number[] = []
  const [first] = tree
  const walk = (node: number): void => {
    if (tree[node] === 0) {
      sizes.push(tree[node + 2])
      return
    }
    walk(node + 3)
    walk(first + tree[node + 2])
  }
  walk(first)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(20)
  expect(sizes.length).toBeGreaterThan(40)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ROWS)
})

test('of many features those that tell most are asked', () => {
  const target = variable(4, false, (row) => row % 4)
  const features = Array.from({ length: 40 }, (_, at) =>
    variable(4, true, (row) => (at === 33 ? row % 4 : Math.floor(4 * uniform(row, 10 + at)))),
  )
  expect(strongest(target, features, 5)).toContain(33)
})

test('common values keep their places, others lie between those that were seen', () => {
  const values = Float32Array.from({ length: ROWS }, (_, row) =>
    row % 3 === 0 ? 40 : 100 * normalQuantile((row + 0.5) / ROWS),
  ).sort()
  const bins = binsOf(values)
  expect(bins.length / 2).toBeLessThanOrEqual(2 * MOST_BINS)
  const code = codeIn(bins, 40)
  expect([0, 0.3, 0.99].map((u) => valueIn(bins, code, u))).toEqual([40, 40, 40])
  expect(bins).toEqual(bins.toSorted())
  expect([bins[0], bins[bins.length - 1]]).toEqual([values[0], values[ROWS - 1]])
  for (const value of values.filter((_, at) => at % 50 === 0)) {
    const own = codeIn(bins, value)
    expect(value).toBeGreaterThanOrEqual(bins[2 * own] - 1e-3)
    expect(value).toBeLessThanOrEqual(bins[2 * own + 1] + 1e-3)
  }
})

test('numbers that others tell are known, gaps and columns of one value among them', () => {
  const normal = (sequence: number) =>
    Float64Array.from({ length: ROWS }, (_, row) => normalQuantile(0.999 * uniform(row, sequence) + 0.0005))
  const [a, noise, c] = [normal(6), normal(7), normal(8)]
  const b = a.map((value, row) => (row === 0 ? Number.NaN : 2 * value + 0.2 * noise[row]))
  const told = toldByOthers([a, b, c, new Float64Array(ROWS).fill(3)])
  expect(told[0]).toBeGreaterThan(0.95)
  expect(told[1]).toBeGreaterThan(0.95)
  expect(Math.abs(told[2])).toBeLessThan(0.05)
  expect(Math.abs(told[3])).toBeLessThan(0.05)
})

test('no bin is the number of one row alone', () => {
  const numbers = Float32Array.from({ length: 90 }, (_, at) => at ** 1.5)
  const recurring = Float32Array.of(1, 1, 1, 2, 3, 4, 4, 5, 9, 9, 9, 9, 40)
  for (const sorted of [numbers, recurring]) {
    const bins = binsOf(sorted)
    for (let at = 0; at < bins.length; at += 2) {
      const [low, high] = bins.subarray(at, at + 2)
      expect(sorted.filter((x) => x >= low && x <= high).length).toBeGreaterThanOrEqual(3)
    }
  }
})
