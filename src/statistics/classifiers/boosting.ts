import { sumOf } from '../../base/math/sums.ts'
import { permutation, streamOf } from '../../base/random.ts'
import { nextTurn } from '../../base/yielding.ts'
import { sortColumns } from './presorted.ts'
import { type LeafRule, leafValue, type RegressionTree, treeGrower } from './regression-tree.ts'

const ROUNDS = 100
const LEARNING_RATE = 0.1

export interface BoostingOptions {
  /** Decides which of equally good splits is taken. */
  readonly seed: number
  readonly signal?: AbortSignal
}

/** What sums of trees are fitted to. */
export interface BoostingProblem {
  /** `[count, width]`. */
  readonly rows: Float64Array
  readonly width: number
  /** Where the raw scores of each output begin. */
  readonly start: readonly number[]
  readonly leaf: LeafRule
  /** Writes what raw scores leave to be explained; both are [outputs, count]. */
  readonly residuals: (raw: Float64Array, out: Float64Array) => void
}

/** A sum of trees for each output. */
export interface Boosted {
  /** By column, the share of the decrease of squared error that its splits brought; all 0 where nothing was split. */
  readonly importances: Float64Array
  /** Raw scores of the rows it learned from: [outputs, count]. */
  readonly learned: Float64Array
  /** Raw scores of rows [count, width]: [outputs, count]. */
  scores(rows: Float64Array): Float64Array
}

/**
 * Gradient boosting as scikit-learn does it by default: 100 rounds, depth 3, learning rate 0.1, exact splits.
 * Friedman 2001.
 *
 * Columns are asked in a random order, so that equal ones share their importance. Throws the signal's reason.
 */
export async function boost(problem: BoostingProblem, { seed, signal }: BoostingOptions): Promise<Boosted> {
  const { rows, width, start, leaf } = problem
  const outputs = start.length
  const count = rows.length / width
  const raw = Float64Array.from({ length: outputs * count }, (_, at) => start[Math.floor(at / count)])
  const residuals = new Float64Array(outputs * count)
  const grower = treeGrower(sortColumns(rows, width))
  const trees: RegressionTree[][] = start.map(() => [])
  const stream = streamOf('metrics/trees')
  let draws = 0
  const order = () => permutation(width, { seed, stream, step: draws++ })
  for (let round = 0; round < ROUNDS && outputs > 0; round++) {
    await nextTurn()
    signal?.throwIfAborted()
    problem.residuals(raw, residuals)
    for (let k = 0; k < outputs; k++) {
      const tree = grower.grow(residuals.subarray(k * count, (k + 1) * count), leaf, order)
      trees[k].push(tree)
      for (let row = 0; row < count; row++)
        raw[k * count + row] += LEARNING_RATE * tree.value[grower.leaves[row]]
    }
  }
  const total = sumOf(grower.decrease)
  return {
    importances: grower.decrease.map((own) => (total === 0 ? 0 : own / total)),
    learned: raw,
    scores: (asked) => scoresOf(trees, start, asked, width),
  }
}

function scoresOf(
  trees: readonly (readonly RegressionTree[])[],
  start: readonly number[],
  rows: Float64Array,
  width: number,
): Float64Array {
  const count = rows.length / width
  const out = new Float64Array(trees.length * count)
  trees.forEach((own, k) => {
    for (let row = 0; row < count; row++) {
      let score = start[k]
      for (const tree of own) score += LEARNING_RATE * leafValue(tree, rows, width, row)
      out[k * count + row] = score
    }
  })
  return out
}
