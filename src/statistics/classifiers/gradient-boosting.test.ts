import { expect, test } from 'vitest'
import { fitBoostedTrees } from './gradient-boosting.ts'
import type { ClassifiedRows } from './logistic-regression.ts'

const rowsOf = (table: readonly (readonly number[])[], labels: readonly number[]): ClassifiedRows => ({
  count: table.length,
  width: table[0].length,
  rows: Float64Array.from(table.flat()),
  labels: Int32Array.from(labels),
  classes: Math.max(...labels) + 1,
})
const ROUNDS = 100
const RATE = 0.1
const seed0 = { seed: 0 }

test('two classes apart: every round adds one Newton step to the log odds', async () => {
  const data = rowsOf([[0], [1], [2], [3]], [0, 0, 1, 1])
  const model = await fitBoostedTrees(data, seed0)
  // Odds begin even. A pure leaf of the second class has Σ(1 − p) / Σ p(1 − p) = 1 / p; the other is its mirror image.
  let odds = 0
  for (let round = 0; round < ROUNDS; round++) odds += RATE * (1 + Math.exp(-odds))
  const scores = model.scores(Float64Array.of(-1, 1.4, 1.6, 9))
  expect(Array.from(scores)).toEqual([-odds, -odds, odds, odds].map((own) => expect.closeTo(own, 10)))
  expect(model.importances).toEqual(Float64Array.of(1))
})

test('three classes apart: every class has its tree, and leaves shrink by (K − 1) / K', async () => {
  const data = rowsOf([[0], [0], [1], [1], [2], [2]], [0, 0, 1, 1, 2, 2])
  const model = await fitBoostedTrees(data, seed0)
  // All three begin equal and stay so by symmetry, up to names: `own` for the class itself, `other` for both others.
  let [own, other] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const p = Math.exp(own) / (Math.exp(own) + 2 * Math.exp(other))
    const q = (1 - p) / 2
    own += (RATE * 2) / 3 / p
    other -= (RATE * 2) / 3 / (1 - q)
  }
  const wanted = [own, other, other, other, own, other, other, other, own]
  const scores = model.scores(Float64Array.of(0, 1, 2))
  expect(Array.from(scores)).toEqual(wanted.map((score) => expect.closeTo(score, 10)))
  expect(model.classes(scores, 3)).toEqual(Int32Array.of(0, 1, 2))
})

test('cuts halfway between neighbors', async () => {
  const model = await fitBoostedTrees(rowsOf([[0], [1], [5], [6]], [0, 0, 1, 1]), seed0)
  expect(model.classes(model.scores(Float64Array.of(2.999, 3, 3.001)), 3)).toEqual(Int32Array.of(0, 0, 1))
})

test('takes values closer than 1e-7 for one', async () => {
  const model = await fitBoostedTrees(rowsOf([[0], [5e-8], [0], [5e-8]], [0, 1, 0, 1]), seed0)
  expect(model.importances).toEqual(Float64Array.of(0))
})

test('finds what needs two questions', async () => {
  // Neither column says anything of the label; both together say all. A third is in the way.
  const table = Array.from({ length: 32 }, (_, i) => [i & 1, (i >> 1) & 1, i >> 2])
  const labels = table.map(([a, b]) => a ^ b)
  labels[0] = 1
  const data = rowsOf(table, labels)
  const model = await fitBoostedTrees(data, seed0)
  expect(model.classes(model.learned, data.count)).toEqual(data.labels)
})

test('raw scores of the rows it learned from are those of its trees', async () => {
  const table = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i * 7) % 11])
  const data = rowsOf(
    table,
    table.map(([x, y, z]) => (x > 0 ? 1 : 0) + (y + z / 9 > 0.6 ? 1 : 0)),
  )
  const model = await fitBoostedTrees(data, seed0)
  const scores = model.scores(data.rows)
  expect(scores.length).toBe(180)
  expect(Array.from(model.learned)).toEqual(Array.from(scores, (score) => expect.closeTo(score, 9)))
})

test('a class without rows is never predicted, and a single class always is', async () => {
  const gap = await fitBoostedTrees(rowsOf([[0], [1], [2], [3]], [0, 0, 2, 2]), seed0)
  expect(gap.classes(gap.learned, 4)).toEqual(Int32Array.of(0, 0, 2, 2))
  const single = await fitBoostedTrees(rowsOf([[0], [1]], [1, 1]), seed0)
  expect(single.classes(single.scores(Float64Array.of(5)), 1)).toEqual(Int32Array.of(1))
})
