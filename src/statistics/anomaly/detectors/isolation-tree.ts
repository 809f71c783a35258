import type { Table } from './detector.ts'

/** Node k asks whether a column is ≤ a threshold; its children are `left[k]` and the one after it. */
export interface IsolationTree {
  /** −1 at leaves. */
  readonly column: Int32Array
  readonly threshold: Float64Array
  readonly left: Int32Array
  /** At leaves, the path to it: edges, and those that would still part the rows in it. */
  readonly path: Float64Array
}

/** Rows `from` … `to` − 1 of the order stand at the node. */
interface RowsAtNode {
  readonly node: number
  readonly depth: number
  readonly from: number
  readonly to: number
}

/**
 * A tree that parts rows at random: a column that varies among them, and a value between its least and greatest, until a
 * row is alone or ⌈log₂ rows⌉ edges deep. Liu, Ting & Zhou 2008, algorithm 2.
 *
 * `uniform` [2·rows] on [0, 1): two numbers for each split.
 */
export function growIsolationTree(table: Table, rows: Uint32Array, uniform: Float32Array): IsolationTree {
  const nodes = 2 * rows.length - 1
  const tree = {
    column: new Int32Array(nodes).fill(-1),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    path: new Float64Array(nodes),
  }
  const deepest = Math.ceil(Math.log2(rows.length))
  const order = rows.slice()
  const open: RowsAtNode[] = [{ node: 0, depth: 0, from: 0, to: rows.length }]
  let used = 1
  let drawn = 0
  for (let place = open.pop(); place; place = open.pop()) {
    const { node, depth, from, to } = place
    const span = order.subarray(from, to)
    const varying = to - from > 1 && depth < deepest ? varyingColumns(table, span) : []
    if (varying.length === 0) {
      tree.path[node] = depth + expectedPath(to - from)
      continue
    }
    const { column, low, high } = varying[Math.floor(uniform[drawn++] * varying.length)]
    const drawnThreshold = low + (high - low) * uniform[drawn++]
    // Rounded up to the greatest, it would leave nothing on the right.
    const threshold = drawnThreshold < high ? drawnThreshold : low
    const middle = from + part(table, span, column, threshold)
    tree.column[node] = column
    tree.threshold[node] = threshold
    tree.left[node] = used
    open.push({ node: used, depth: depth + 1, from, to: middle })
    open.push({ node: used + 1, depth: depth + 1, from: middle, to })
    used += 2
  }
  return tree
}

/** Mean path to a row in a random binary search tree of `count` rows. Liu, Ting & Zhou 2008, eq. 1. */
export function expectedPath(count: number): number {
  if (count <= 1) return 0
  if (count === 2) return 1
  return 2 * (Math.log(count - 1) + EULER_GAMMA) - (2 * (count - 1)) / count
}

const EULER_GAMMA = 0.5772156649015329

/** The path to the leaf where a row of the table, beginning at `at`, ends. */
export function pathOf(tree: IsolationTree, data: ArrayLike<number>, at: number): number {
  const { column, threshold, left } = tree
  let node = 0
  while (column[node] >= 0) node = left[node] + (data[at + column[node]] <= threshold[node] ? 0 : 1)
  return tree.path[node]
}

interface Range {
  readonly column: number
  readonly low: number
  readonly high: number
}

function varyingColumns({ data, width }: Table, rows: Uint32Array): Range[] {
  const varying: Range[] = []
  for (let column = 0; column < width; column++) {
    let [low, high] = [Infinity, -Infinity]
    for (let i = 0; i < rows.length; i++) {
      const value = data[rows[i] * width + column]
      if (value < low) low = value
      if (value > high) high = value
    }
    if (low < high) varying.push({ column, low, high })
  }
  return varying
}

/** Puts rows up to the threshold first; says how many they are. */
function part({ data, width }: Table, rows: Uint32Array, column: number, threshold: number): number {
  let kept = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    if (data[row * width + column] > threshold) continue
    rows[i] = rows[kept]
    rows[kept++] = row
  }
  return kept
}
