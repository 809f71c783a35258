import { expect, test } from 'vitest'
import { orderOf } from '../ranks.ts'
import { absoluteSpearman, correlationRatio, cramersV } from './associations.ts'

const spearman = (a: readonly number[], b: readonly number[]) => {
  const [first, second] = [a, b].map((numbers) => {
    const values = Float64Array.from(numbers)
    return { values, order: orderOf(values) }
  })
  return absoluteSpearman(first, second)
}

test('Spearman by hand', () => {
  // ρ = 1 − 6·Σd² / (n(n² − 1)) = 1 − 6·(1 + 1 + 0 + 0) / 60.
  expect(spearman([1, 2, 3, 4], [20, 10, 30, 400])).toBeCloseTo(0.8, 14)
  expect(spearman([1, 2, 3], [9, 4, 1])).toBeCloseTo(1, 14)
  // Ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
  expect(spearman([5, 5, 6, 7], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 14)
  expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0)
})

test('rows without order do not count', () => {
  const values = Float64Array.of(1, Number.NaN, 2, 3)
  const other = Float64Array.of(3, 100, 2, 1)
  const rows = Uint32Array.of(0, 2, 3)
  const found = absoluteSpearman(
    { values, order: orderOf(values, rows) },
    { values: other, order: orderOf(other, rows) },
  )
  expect(found).toBeCloseTo(1, 14)
})

test('Cramér’s V by hand, and 0 where two columns are as independent as they can be', () => {
  // [[30, 10], [10, 30]]: χ² = 80·(900 − 100)² / 40⁴ = 20, φ² = 1/4, less 1/79; both sizes are 2 − 1/79.
  const level = (counts: readonly number[]) =>
    Int32Array.from(counts.flatMap((count, cell) => new Array<number>(count).fill(cell)))
  const cells = level([30, 10, 10, 30])
  const [a, b] = [cells.map((cell) => cell >> 1), cells.map((cell) => cell & 1)]
  expect(cramersV(a, b)).toBeCloseTo(Math.sqrt((1 / 4 - 1 / 79) / (1 - 1 / 79)), 14)
  expect(cramersV(a, a)).toBeCloseTo(1, 14)
  const even = level([20, 20, 20, 20])
  expect(
    cramersV(
      even.map((cell) => cell >> 1),
      even.map((cell) => cell & 1),
    ),
  ).toBe(0)
  expect(cramersV(a, new Int32Array(80))).toBe(0)
})

test('the correlation ratio by hand', () => {
  // Means 2 and 6 of 3 rows each around 4: between 24, total 24 + 2 + 2 = 28; η² = 6/7, less the bias 1 − (1/7)·5/4.
  const levels = Int32Array.of(0, 0, 0, 1, 1, 1)
  expect(correlationRatio(levels, Float64Array.of(1, 2, 3, 5, 6, 7))).toBeCloseTo(Math.sqrt(1 - 5 / 28), 14)
  expect(correlationRatio(levels, Float64Array.of(1, 1, 1, 4, 4, 4))).toBe(1)
  expect(correlationRatio(levels, Float64Array.of(1, 2, 3, 1, 2, 3))).toBe(0)
  expect(correlationRatio(levels, new Float64Array(6).fill(0.1))).toBe(0)
  expect(correlationRatio(Int32Array.of(0, 1, 2), Float64Array.of(1, 2, 3))).toBe(0)
})
