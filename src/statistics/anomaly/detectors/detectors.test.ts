import { describe, expect, test } from 'vitest'
import { ndarray, takeRows } from '../../../base/arrays.ts'
import { fillNormal } from '../../../base/random.ts'
import type { Rows } from './detector.ts'
import { DETECTORS } from './index.ts'

const WIDTH = 4
const rowsOf = (rows: readonly (readonly number[])[]): Rows =>
  ndarray(Float64Array.from(rows.flat()), [rows.length, rows[0].length])

const known: Rows = ndarray(fillNormal(new Float32Array(300 * WIDTH), { seed: 1, stream: 0, step: 0 }), [
  300,
  WIDTH,
])

test('names are keys and each is given once', () => {
  expect(new Set(DETECTORS.map(({ name }) => name)).size).toBe(DETECTORS.length)
  for (const { name } of DETECTORS) expect(name).toMatch(/^[a-z][A-Za-z]+$/)
})

describe.each(DETECTORS)('$name', (detector) => {
  test('scores a far row above all near the middle', () => {
    const scores = detector.fit(known, 0).score(
      rowsOf([
        [0, 0, 0, 0],
        [0.5, 0.5, -0.5, 0],
        [6, -6, 6, -6],
      ]),
    )
    expect(scores[2]).toBeGreaterThan(1.5 * scores[0])
    expect(scores[2]).toBeGreaterThan(1.5 * scores[1])
  })

  test('gives the same scores for the same seed, row by row or together', () => {
    const together = detector.fit(known, 3).score(known)
    const fitted = detector.fit(known, 3)
    expect(fitted.score(known)).toEqual(together)
    for (const row of [0, 70, 299]) expect(fitted.score(takeRows(known, [row]))[0]).toBe(together[row])
    expect(fitted.score(ndarray(new Float32Array(0), [0, WIDTH]))).toHaveLength(0)
  })

  test('does not mind the units of a column', () => {
    const scaled = ndarray(
      Float64Array.from(known.data, (x, at) => (at % WIDTH === 1 ? 1024 * x + 4096 : x)),
      known.shape,
    )
    const scores = detector.fit(known, 0).score(known)
    detector
      .fit(scaled, 0)
      .score(scaled)
      .forEach((score, row) => {
        expect(score).toBeCloseTo(scores[row], 5)
      })
  })

  test('stands constant columns, equal rows, and more columns than rows', () => {
    const constant = rowsOf([
      [0.1, 1],
      [0.1, 2],
      [0.1, 3],
    ])
    const wide = ndarray(known.data.slice(0, 300), [3, 100])
    for (const rows of [constant, rowsOf([[2], [2], [2]]), wide])
      for (const score of detector.fit(rows, 0).score(rows)) expect(score).toSatisfy(Number.isFinite)
  })

  test('leaves the rows as they were', () => {
    const before = known.data.slice()
    detector.fit(known, 0).score(known)
    expect(known.data).toEqual(before)
  })
})

describe('rows that no detector takes', () => {
  const [detector] = DETECTORS
  const fitted = (data: readonly number[], shape: number[]) => () =>
    detector.fit(ndarray(Float64Array.from(data), shape), 0)

  test('are refused by name', () => {
    expect(fitted([1, 2], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 1 rows to fit PCA reconstruction to; wanted at least 2. Fix: give the rows to compare with. [anomaly/row-count]]`,
    )
    expect(fitted([1, 2], [2])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows of shape [2]; wanted shape [rows, columns] with at least one column. Fix: lay the rows out one after another. [anomaly/row-shape]]`,
    )
    expect(fitted([1, 2, 3, Number.NaN], [2, 2])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: NaN in row 1, column 1; wanted finite numbers. Fix: fill missing numbers in first, with a mask beside them. [anomaly/row-number]]`,
    )
    expect(() => detector.fit(known, 0).score(rowsOf([[1, 2]]))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows of 2 columns, where PCA reconstruction was fitted to 4; wanted the same columns. Fix: encode the rows as those that it was fitted to. [anomaly/row-width]]`,
    )
  })
})
