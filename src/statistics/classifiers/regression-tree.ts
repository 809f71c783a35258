import { bestSplit, type Span, type Split, type SplitTables } from './best-split.ts'
import type { SortedColumns } from './presorted.ts'

/** Edges between a tree's root and its deepest leaves. */
const DEPTH = 3
/** Nodes of a full tree as a heap, level by level: the children of node k are 2k + 1 and 2k + 2. */
const NODES = 2 ** (DEPTH + 1) - 1
/** Nodes from here on are as deep as they may be. */
const DEEPEST = 2 ** DEPTH - 1

/** A binary tree of depth 3 as a heap. */
export interface RegressionTree {
  /** Which column each node asks about; −1 at leaves. */
  readonly feature: Int32Array
  /** Rows up to this value go to the left. */
  readonly threshold: Float64Array
  /** What a leaf adds. */
  readonly value: Float64Array
}

/** What is summed over the rows of a node. */
export interface NodeSums {
  readonly count: number
  readonly residuals: number
  readonly squares: number
  /** Σ |r|·(1 − |r|): for residuals y − p of class probabilities Σ p(1 − p), as y is 0 or 1. */
  readonly curvature: number
}

/** What a leaf says, by the rows that end in it. */
export type LeafRule = (sums: NodeSums) => number

/** Grows trees on the same rows, one after another, in the same memory. */
export interface TreeGrower {
  /**
   * Fits residuals [count].
   * `columns()` gives, for each node anew, the order in which columns are asked: of equally good splits the first wins.
   */
  grow(residuals: Float64Array, leaf: LeafRule, columns: () => ArrayLike<number>): RegressionTree
  /** The leaf in which each row ended in the last tree. */
  readonly leaves: Uint8Array
  /** By column, the total decrease of squared error that its splits brought in all trees. */
  readonly decrease: Float64Array
}

/** Of a deepest node, the order of column `by` alone is sorted apart. */
interface Segment extends Span {
  readonly by: number
}

interface Workshop extends SplitTables {
  /** 1 for rows that go to the left. */
  readonly left: Uint8Array
  readonly spare: Int32Array
  readonly leaves: Uint8Array
  readonly decrease: Float64Array
}

/**
 * Least-squares trees with exact splits, in O(rows × columns) a level: columns stay sorted in every node. Friedman 2001;
 * splits, ties and leaves as in scikit-learn's trees.
 */
export function treeGrower(columns: SortedColumns): TreeGrower {
  const { count, width } = columns
  const shop: Workshop = {
    columns,
    order: new Int32Array(width * count),
    reciprocals: Float64Array.from({ length: count + 1 }, (_, n) => 1 / n),
    weights: new Float64Array(count),
    left: new Uint8Array(count),
    spare: new Int32Array(count),
    leaves: new Uint8Array(count),
    decrease: new Float64Array(width),
  }
  return {
    leaves: shop.leaves,
    decrease: shop.decrease,
    grow: (residuals, leaf, columnOrder) => growTree(shop, residuals, leaf, columnOrder),
  }
}

function growTree(
  shop: Workshop,
  residuals: Float64Array,
  leaf: LeafRule,
  columnOrder: () => ArrayLike<number>,
): RegressionTree {
  const tree = newTree()
  const segments = new Array<Segment | undefined>(NODES)
  segments[0] = { from: 0, to: shop.columns.count, by: 0 }
  shop.order.set(shop.columns.order)
  for (let node = 0; node < NODES; node++) {
    const segment = segments[node]
    if (!segment) continue
    const { from, to } = segment
    const sums = sumsOf(shop, segment, residuals)
    const mean = sums.residuals / sums.count
    const canSplit = node < DEEPEST && isOpen(sums)
    const split = canSplit ? bestSplit(shop, segment, mean, residuals, columnOrder()) : undefined
    if (split) {
      const { feature, at } = split
      segments[2 * node + 1] = { from, to: at, by: feature }
      segments[2 * node + 2] = { from: at, to, by: feature }
      tree.feature[node] = feature
      tree.threshold[node] = thresholdOf(shop, split)
      shop.decrease[feature] += split.decrease
      if (2 * node + 1 < DEEPEST) sortApart(shop, segment, split)
    } else {
      settle(shop, segment, node)
      tree.value[node] = leaf(sums)
    }
  }
  return tree
}

const newTree = (): RegressionTree => ({
  feature: new Int32Array(NODES).fill(-1),
  threshold: new Float64Array(NODES),
  value: new Float64Array(NODES),
})

function sumsOf({ order, columns }: Workshop, { from, to, by }: Segment, residuals: Float64Array): NodeSums {
  const base = by * columns.count
  let [sum, squares, curvature] = [0, 0, 0]
  for (let at = base + from; at < base + to; at++) {
    const residual = residuals[order[at]]
    const magnitude = Math.abs(residual)
    sum += residual
    squares += residual * residual
    curvature += magnitude * (1 - magnitude)
  }
  return { count: to - from, residuals: sum, squares, curvature }
}

/** Whether there is something left to split. */
const isOpen = ({ count, residuals, squares }: NodeSums): boolean =>
  count > 1 && squares / count - (residuals / count) ** 2 > Number.EPSILON

/** Halfway between the neighbors, and never the upper one. */
function thresholdOf({ order, columns }: Workshop, { feature, at }: Split): number {
  const base = feature * columns.count
  const lower = columns.values[base + order[base + at - 1]]
  const upper = columns.values[base + order[base + at]]
  const middle = lower / 2 + upper / 2
  return middle < upper ? middle : lower
}

/** In every other column, puts the rows of the left child before those of the right one, each in their order. */
function sortApart({ columns, order, left, spare }: Workshop, { from, to }: Span, split: Split): void {
  const { count, width } = columns
  const own = split.feature * count
  for (let i = own + from; i < own + to; i++) left[order[i]] = i < own + split.at ? 1 : 0
  for (let column = 0; column < width; column++)
    if (column !== split.feature) partition(order, column * count + from, column * count + to, left, spare)
}

function partition(order: Int32Array, begin: number, end: number, left: Uint8Array, spare: Int32Array): void {
  let kept = begin
  let moved = 0
  // Both are written and one of the two places advances: a branch would be guessed wrong half of the time.
  for (let i = begin; i < end; i++) {
    const row = order[i]
    const isLeft = left[row]
    order[kept] = row
    spare[moved] = row
    kept += isLeft
    moved += 1 - isLeft
  }
  for (let i = 0; i < moved; i++) order[kept + i] = spare[i]
}

function settle({ order, columns, leaves }: Workshop, { from, to, by }: Segment, node: number): void {
  const base = by * columns.count
  for (let i = base + from; i < base + to; i++) leaves[order[i]] = node
}

/** What a tree says of row `row` of a table [count, width]. */
export function leafValue(tree: RegressionTree, table: Float64Array, width: number, row: number): number {
  let node = 0
  while (tree.feature[node] >= 0)
    node = 2 * node + (Math.fround(table[row * width + tree.feature[node]]) <= tree.threshold[node] ? 1 : 2)
  return tree.value[node]
}
