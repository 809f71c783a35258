import { columnsOf } from '../../base/math/columns.ts'
import { nextTurn } from '../../base/yielding.ts'
import { BINS, discretize } from './discretize.ts'
import type { FactoredCodes } from './metric.ts'

/** A variable with finitely many values, numbered from 0. */
export interface Discrete {
  readonly values: Int32Array
  /** Values are below this. */
  readonly levels: number
}

/**
 * Plug-in mutual information in nats of two variables over the same rows.
 *
 * Exactly 0 where the counts factorize: the logarithm is taken of a ratio of integers.
 */
export function mutualInformation(a: Discrete, b: Discrete): number {
  const count = a.values.length
  const joint = new Float64Array(a.levels * b.levels)
  const ofA = new Float64Array(a.levels)
  const ofB = new Float64Array(b.levels)
  for (let i = 0; i < count; i++) {
    joint[a.values[i] * b.levels + b.values[i]]++
    ofA[a.values[i]]++
    ofB[b.values[i]]++
  }
  let sum = 0
  for (let i = 0; i < a.levels; i++)
    for (let j = 0; j < b.levels; j++) {
      const both = joint[i * b.levels + j]
      if (both > 0) sum += both * Math.log((both * count) / (ofA[i] * ofB[j]))
    }
  return Math.max(0, sum / count)
}

/** Plug-in entropy in nats. */
export const entropy = (a: Discrete): number => mutualInformation(a, a)

export const binnedCodes = ({ codes, codeSize }: FactoredCodes): Discrete[] =>
  columnsOf(codes, codeSize).map((column) => ({ values: discretize(column), levels: BINS }))

export const factorsOf = ({ factors, factorCount, levels }: FactoredCodes): Discrete[] =>
  columnsOf(factors, factorCount).map((values, k) => ({ values, levels: levels[k] }))

/** Mutual information in nats of each of `rows` with each of `columns`. Throws the signal's reason. */
export async function informationMatrix(
  rows: readonly Discrete[],
  columns: readonly Discrete[],
  signal?: AbortSignal,
): Promise<number[][]> {
  const matrix: number[][] = []
  for (const row of rows) {
    await nextTurn()
    signal?.throwIfAborted()
    matrix.push(columns.map((column) => mutualInformation(row, column)))
  }
  return matrix
}
