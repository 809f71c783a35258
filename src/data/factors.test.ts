import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { datasetOf } from './dataset.ts'
import { everyCombination, factorsFrom, factorsOf } from './factors.ts'

const rows = ndarray(new Float32Array(3), [3, 1])

describe('everyCombination', () => {
  test('is a counter whose last digit turns fastest', () => {
    const { names, levels, read } = everyCombination({ a: 2, b: 3 })
    expect({ names, levels }).toEqual({ names: ['a', 'b'], levels: [2, 3] })
    expect([...read([0, 1, 2, 3, 4, 5])]).toEqual([0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2])
    expect([...read([5, 0])]).toEqual([1, 2, 0, 0])
  })

  test('tells every row from every other', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(counts, (levels) => {
        const size = levels.reduce((product, count) => product * count, 1)
        const { read } = everyCombination(Object.fromEntries(levels.map((count, i) => [`f${i}`, count])))
        const seen = new Set(Array.from({ length: size }, (_, row) => read([row]).join()))
        expect(seen.size).toBe(size)
      }),
    )
  })
})

describe('factorsOf', () => {
  test('takes labels for one factor', () => {
    const dataset = datasetOf(rows, { name: 'x', labels: Int32Array.of(2, 0, 2) })
    expect(factorsOf(dataset, [2, 1])).toEqual({
      names: ['label'],
      levels: [3],
      values: Int32Array.of(2, 0),
    })
  })

  test('prefers factors, without those of one level', () => {
    const factors = factorsFrom(ndarray(Float64Array.of(0, 1, 4, 0, 0, 3, 0, 1, 0), [3, 3]), 3, [
      'color',
      'shape',
      'size',
    ])
    const dataset = datasetOf(rows, { name: 'x', labels: Int32Array.of(1, 1, 0), factors })
    expect(factorsOf(dataset, Uint32Array.of(0, 2))).toEqual({
      names: ['shape', 'size'],
      levels: [2, 5],
      values: Int32Array.of(1, 4, 1, 0),
    })
  })

  test('refuses data of which nothing is known', () => {
    expect(() => factorsOf(datasetOf(rows, { name: 'x' }), [0])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: data "x" without labels or factors; wanted class numbers, or an array of factors, for every row. Fix: name a column of class numbers with --label, or save an .npz with "factors" [N, K]. [data/no-factors]]`,
    )
  })
})

describe('factorsFrom', () => {
  test('numbers factors that have no names', () => {
    expect(factorsFrom(ndarray(Int32Array.of(3, 1, 0, 0), [2, 2]), 2)).toMatchObject({
      names: ['factor 1', 'factor 2'],
      levels: [4, 2],
    })
    expect(factorsFrom(ndarray(Int32Array.of(3, 1), [2]), 2)).toMatchObject({ names: ['factor 1'] })
  })

  test('says what is wrong', () => {
    expect(() => factorsFrom(ndarray(new Int32Array(4), [4, 1]), 3)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: factors [4, 1] for 3 rows; wanted [3, K] for K factors. Fix: give one row of factors for each example. [data/factor-shape]]`,
    )
    expect(() =>
      factorsFrom(ndarray(Float32Array.of(0, 1, Number.NaN, 1), [2, 2]), 2),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: NaN at row 2, factor 1; wanted a number for each factor of each row. Fix: leave the row or the factor out. [data/factor-value]]`,
    )
  })
})
