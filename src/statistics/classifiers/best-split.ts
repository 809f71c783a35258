import type { SortedColumns } from './presorted.ts'

/** Neighbors closer than this are one value, as in scikit-learn's splitter. */
const SAME_VALUE = 1e-7

/** Rows of a node: those from `from` up to `to` in the order of each column. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Split {
  readonly feature: number
  /** Where in the order of the column the right child begins. */
  readonly at: number
  readonly decrease: number
}

/** What a search for splits reads, and one table that it writes. */
export interface SplitTables {
  readonly columns: SortedColumns
  /** The orders of all columns; in each, the rows of a node stand together. */
  readonly order: Int32Array
  /** 1 / n. */
  readonly reciprocals: Float64Array
  /** 1/l + 1/(n − l) of the node that is being split. */
  readonly weights: Float64Array
}

/** The split that lowers the squared error most; undefined where every column is constant. */
export function bestSplit(
  { columns, order, reciprocals, weights }: SplitTables,
  { from, to }: Span,
  mean: number,
  residuals: Float64Array,
  features: ArrayLike<number>,
): Split | undefined {
  const size = to - from
  for (let n = 1; n < size; n++) weights[n] = reciprocals[n] + reciprocals[size - n]
  let best: Split | undefined
  for (let i = 0; i < features.length; i++) {
    const base = features[i] * columns.count
    const [begin, end] = [base + from, base + to]
    const beaten = best ? best.decrease : -1
    const found = walk(order, begin, end, residuals, mean, weights, beaten, columns.values, base)
    if (found.at > 0) best = { feature: features[i], at: found.at - base, decrease: found.decrease }
  }
  return best
}

/**
 * Walks along one column of a node and finds where to cut: with residuals centered, the sum s of the first l of n rows
 * lowers the squared error by s²·(1/l + 1/(n − l)). `at` is 0 where nothing beats `beaten`.
 */
function walk(
  order: Int32Array,
  begin: number,
  end: number,
  residuals: Float64Array,
  mean: number,
  weights: Float64Array,
  beaten: number,
  values: Float32Array,
  base: number,
): { at: number; decrease: number } {
  let at = 0
  let decrease = beaten
  let sum = 0
  for (let next = begin + 1; next < end; next++) {
    sum += residuals[order[next - 1]] - mean
    const own = sum * sum * weights[next - begin]
    if (own > decrease && values[base + order[next]] > values[base + order[next - 1]] + SAME_VALUE) {
      at = next
      decrease = own
    }
  }
  return { at, decrease }
}
