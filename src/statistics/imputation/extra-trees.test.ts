import { expect, test } from 'vitest'
import { addTrees, fitTrees, type TreeOptions, type TreeRows } from './extra-trees.ts'
import { normalRows } from './tables.testing.ts'

const COUNT = 400
const numbers = normalRows(COUNT, 3)
const step = (a: number, b: number) => (a > 0 ? 2 : -1) + (b > 0.5 ? 3 : 0)
const rows: TreeRows = {
  rows: Float32Array.from([0, 1, 2].flatMap((column) => numbers.map((row) => row[column]))),
  width: 3,
  count: COUNT,
  targets: Float64Array.from(numbers.flatMap(([a, b]) => [step(a, b), a > 0 ? 1 : 0])),
  outputs: 2,
}
const options: TreeOptions = { trees: 20, least: 3, tried: 2, seed: 4, stream: 1 }

const said = (forest: Float32Array, row: readonly number[]) => {
  const out = new Float64Array(2)
  addTrees(forest, row, 2, out, 0)
  return out
}

test('steps of two columns are learned, for two targets at once', () => {
  const forest = fitTrees(rows, options)
  for (const row of [
    [1, 1, 0],
    [1, -1, 0],
    [-1, 1, 0],
    [-1, -1, 0],
  ]) {
    const [value, share] = said(forest, row)
    expect(Math.abs(value - step(row[0], row[1]))).toBeLessThan(0.5)
    expect(Math.abs(share - (row[0] > 0 ? 1 : 0))).toBeLessThan(0.1)
  }
})

test('the same seed grows the same trees, another one others', () => {
  expect(fitTrees(rows, options)).toEqual(fitTrees(rows, options))
  expect(fitTrees(rows, { ...options, seed: 5 })).not.toEqual(fitTrees(rows, options))
})

test('a leaf never stands for fewer rows than it must', () => {
  const forest = fitTrees(rows, { ...options, trees: 1, least: 50 })
  const leaves = new Map<string, number>()
  for (const row of numbers) {
    const key = said(forest, row).join()
    leaves.set(key, (leaves.get(key) ?? 0) + 1)
  }
  expect(leaves.size).toBeGreaterThan(2)
  expect(Math.min(...leaves.values())).toBeGreaterThanOrEqual(50)
})
