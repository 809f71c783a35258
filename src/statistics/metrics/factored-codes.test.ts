import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { factoredCodes } from './factored-codes.ts'

const ROWS = 12
const codes: NDArray = { data: Float32Array.from({ length: 2 * ROWS }, (_, i) => i / 2), shape: [ROWS, 2] }
const factorsOf = (level: (row: number) => number): NDArray => ({
  data: Float64Array.from({ length: ROWS }, (_, row) => level(row)),
  shape: [ROWS, 1],
})
const alternating = factorsOf((row) => row % 2)

test('numbers levels from 0 in their order, in each factor by itself', () => {
  const data = Int32Array.from({ length: 2 * ROWS }, (_, i) =>
    i % 2 === 0 ? [40, -3, 7][(i / 2) % 3] : i < ROWS ? 5 : 1,
  )
  const { factors, levels, codeSize, factorCount, count } = factoredCodes(codes, { data, shape: [ROWS, 2] })
  expect(Array.from(factors.subarray(0, 8))).toEqual([2, 1, 0, 1, 1, 1, 2, 1])
  expect({ levels, codeSize, factorCount, count }).toEqual({
    levels: [3, 2],
    codeSize: 2,
    factorCount: 2,
    count: ROWS,
  })
})

test('takes a list of labels for a single factor, and numbers of any type', () => {
  const labels = { data: Uint8Array.from({ length: ROWS }, (_, row) => 7 + (row % 2)), shape: [ROWS] }
  const sample = factoredCodes(codes, labels)
  expect(sample.levels).toEqual([2])
  expect(sample.codes).toEqual(Float64Array.from(codes.data))
})

describe('refuses', () => {
  const given = (change: Partial<{ codes: NDArray; factors: NDArray }>) => () => {
    const all = { codes, factors: alternating, ...change }
    factoredCodes(all.codes, all.factors)
  }
  const broken = { ...codes, data: Float32Array.from(codes.data) }
  broken.data[5] = Number.NaN

  test('codes that are no table', () => {
    expect(given({ codes: { ...codes, shape: [ROWS, 2, 1] } })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: codes of shape [12, 2, 1]; wanted [n, d]: a row for each example, a column for each code. Fix: give one row of codes for each example. [metrics/codes-shape]]`,
    )
  })
  test('factors that are no table', () => {
    expect(
      given({ factors: { data: alternating.data, shape: [1, ROWS, 1] } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: factors of shape [1, 12, 1]; wanted [n, k], or [n] for a single factor. Fix: give one row of factors for each example. [metrics/factors-shape]]`,
    )
  })
  test('rows that do not match', () => {
    expect(given({ factors: { data: new Int32Array(5), shape: [5, 1] } })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 12 rows of codes and 5 rows of factors; wanted a row of factors for each row of codes. Fix: give both for the same examples, in the same order. [metrics/rows]]`,
    )
  })
  test('too few rows', () => {
    const few = { data: new Float32Array(3), shape: [3, 1] }
    expect(given({ codes: few, factors: few })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 3 rows; wanted at least 10; metrics settle at some thousands. Fix: encode more examples. [metrics/few-rows]]`,
    )
  })
  test('codes that are not finite', () => {
    expect(given({ codes: broken })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the code NaN in row 2, column 1; wanted finite numbers. Fix: remove such rows from codes and factors, or find out why the encoder gives them. [metrics/code-values]]`,
    )
  })
  test('continuous factors', () => {
    expect(given({ factors: factorsOf((row) => row / 8) })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the level 0.125 of factor 0; wanted whole numbers that name levels. Fix: put continuous factors into bins, and give the numbers of the bins. [metrics/factor-values]]`,
    )
  })
  test('a factor that does not vary', () => {
    expect(given({ factors: factorsOf(() => 3) })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: factor 0 with 1 level in 12 rows; wanted at least 2, and at least 2 rows a level on average. Fix: leave this factor out, or join its levels. [metrics/levels]]`,
    )
  })
  test('a factor that numbers the rows', () => {
    expect(given({ factors: factorsOf((row) => row) })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: factor 0 with 12 levels in 12 rows; wanted at least 2, and at least 2 rows a level on average. Fix: leave this factor out, or join its levels. [metrics/levels]]`,
    )
  })
})
