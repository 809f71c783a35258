/** How strongly two columns depend on each other, from 0 to 1, over rows of which both know something. */

import { dot, meanOf } from '../../base/math/sums.ts'
import { standardRanks } from '../ranks.ts'

/** Numbers, and the rows that count, by ascending value. */
export interface SortedNumbers {
  readonly values: Float64Array
  readonly order: Uint32Array
}

/** |Spearman's ρ| over the same rows of both, equal values sharing their mean rank; 0 where one is constant. */
export const absoluteSpearman = (a: SortedNumbers, b: SortedNumbers): number =>
  Math.abs(dot(standardRanks(a.values, a.order), standardRanks(b.values, b.order)))

/**
 * Cramér's V of two columns of levels, without the bias of few rows: 0 in expectation about independent columns.
 * Bergsma 2013, eqs. 6 to 9. 0 where a column is constant.
 */
export function cramersV(a: Int32Array, b: Int32Array): number {
  const count = a.length
  const [ofA, ofB] = [countsOf(a), countsOf(b)]
  const joint = new Map<number, number>()
  const width = b.reduce((most, level) => Math.max(most, level), 0) + 1
  for (let row = 0; row < count; row++) addTo(joint, a[row] * width + b[row])
  let sum = 0
  for (const [cell, both] of joint) {
    const level = Math.floor(cell / width)
    sum += (both * both) / ((ofA.get(level) as number) * (ofB.get(cell - level * width) as number))
  }
  const [r, c] = [ofA.size, ofB.size]
  if (r < 2 || c < 2) return 0
  const corrected = Math.max(0, sum - 1 - ((r - 1) * (c - 1)) / (count - 1))
  const [rows, columns] = [r, c].map((size) => size - (size - 1) ** 2 / (count - 1))
  const most = Math.min(rows, columns) - 1
  return most > 0 ? Math.min(1, Math.sqrt(corrected / most)) : 0
}

/**
 * How much of the spread of numbers lies between levels: √(1 − (1 − η²)(n − 1)/(n − k)), the correlation ratio without
 * the bias of few rows. Kelley 1935. 0 where the numbers are constant or each row has a level of its own.
 */
export function correlationRatio(levels: Int32Array, numbers: Float64Array): number {
  const count = numbers.length
  const mean = meanOf(numbers)
  const groups = new Map<number, { count: number; sum: number }>()
  let total = 0
  for (let row = 0; row < count; row++) {
    const group = groups.get(levels[row]) ?? { count: 0, sum: 0 }
    group.count++
    group.sum += numbers[row] - mean
    groups.set(levels[row], group)
    total += (numbers[row] - mean) ** 2
  }
  if (count <= groups.size || numbers.every((number) => number === numbers[0])) return 0
  let between = 0
  for (const group of groups.values()) between += group.sum ** 2 / group.count
  const explained = 1 - ((1 - between / total) * (count - 1)) / (count - groups.size)
  return Math.sqrt(Math.max(0, explained))
}

function countsOf(values: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) addTo(counts, value)
  return counts
}

const addTo = (counts: Map<number, number>, key: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
