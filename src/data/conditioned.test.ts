import { expect, test } from 'vitest'
import { conditionSlots, conditionWidth } from './condition.ts'
import { conditioned, conditionOf } from './conditioned.ts'
import { type Dataset, datasetOf } from './dataset.ts'
import { everyCombination } from './factors.ts'

const rows = { data: new Float32Array(6), shape: [6, 1] }
const labeled = datasetOf(rows, { name: 'six', labels: Int32Array.of(4, 2, 4, 7, 2, 4) })
const values = Float64Array.of(1, 2, 3, 4, 5, Number.NaN)
const measured = datasetOf(rows, {
  name: 'six',
  known: { age: { read: (indices) => Float64Array.from(indices, (index) => values[index]) } },
})

const encoded = (dataset: Dataset, names: readonly string[], indices: readonly number[]) =>
  Array.from(conditioned(dataset, conditionOf(dataset, names)).condition?.read(indices).data ?? [])

test('a class is a slot of its own, whatever numbers classes have', () => {
  expect(conditionSlots(conditionOf(labeled, ['label']))).toEqual(['label = 2', 'label = 4', 'label = 7'])
  expect(encoded(labeled, ['label'], [3, 0])).toEqual([0, 0, 1, 0, 1, 0])
})

test('named classes are known by their names', () => {
  const named = datasetOf(rows, {
    name: 'six',
    labels: Int32Array.of(0, 1, 0, 1, 1, 0),
    classes: ['cat', 'dog'],
  })
  expect(conditionSlots(conditionOf(named, ['label']))).toEqual(['label = cat', 'label = dog'])
  expect(encoded(named, ['label'], [1])).toEqual([0, 1])
})

test('a number is counted in deviations from its mean, and says where it is known', () => {
  const condition = conditionOf(measured, ['age'])
  expect(condition).toEqual([{ name: 'age', mean: 3, deviation: Math.SQRT2, gaps: true }])
  expect(conditionWidth(condition)).toBe(2)
  expect(encoded(measured, ['age'], [0, 5])).toEqual([Math.fround(-2 / Math.SQRT2), 1, 0, 0])
})

test('factors are levels, in the order that is asked for', () => {
  const sprites = datasetOf(rows, { name: 'six', factors: everyCombination({ shape: 3, side: 2 }) })
  expect(encoded(sprites, ['side', 'shape'], [0, 5])).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 0, 1])
})

test('a held-out set is given the same; a class that training never met is not known', () => {
  const test = datasetOf(rows, { name: 'test', labels: Int32Array.of(7, 9, 4, 4, 4, 4) })
  const both = { ...labeled, test }
  const { condition } = conditioned(both, conditionOf(both, ['label'])).test ?? {}
  expect(Array.from(condition?.read([0, 1]).data ?? [])).toEqual([0, 0, 1, 0, 0, 0])
})

test('what the data do not know, and what says nothing, is refused', () => {
  expect(() => conditionOf(labeled, ['class'])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the condition "class" of data "six"; wanted one of label. Fix: name one of these. [data/condition]]`,
  )
  expect(() => conditionOf(datasetOf(rows, { name: 'bare' }), ['label'])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the condition "label" of data "bare"; wanted data with classes or factors. Fix: leave --condition out. [data/condition]]`,
  )
  const same = datasetOf(rows, { name: 'same', labels: new Int32Array(6) })
  expect(() => conditionOf(same, ['label'])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the condition "label" of 1 different values; wanted one of label. Fix: name one of these. [data/condition]]`,
  )
  const one = { ...measured, known: { age: { read: (i: ArrayLike<number>) => new Float64Array(i.length) } } }
  expect(() => conditionOf(one, ['age'])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the condition "age", which is the same in every row; wanted one of age. Fix: name one of these. [data/condition]]`,
  )
})
