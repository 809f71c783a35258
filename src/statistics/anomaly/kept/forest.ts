import { fillUniform, streamOf } from '../../../base/random.ts'
import type { Table } from '../detectors/detector.ts'
import { drawRows } from '../detectors/draw-rows.ts'
import { growIsolationTree } from '../detectors/isolation-tree.ts'

const TREES = 100
/** Half of what is usual: a model keeps the trees, and these find as much. */
const SUBSAMPLE = 128
/** Numbers of a node: its column, or −1 for a leaf; its threshold, or the path to a leaf; its left child. */
export const NODE_NUMBERS = 3

/** An isolation forest as numbers to keep: nodes [n × 3], each tree's root where `roots` say. Liu, Ting & Zhou 2008. */
export interface KeptForest {
  readonly nodes: Float32Array
  readonly roots: Float32Array
}

/** Grows the same forest from the same rows. */
export function growForest(table: Table): KeptForest {
  const size = Math.min(SUBSAMPLE, table.count)
  const nodes: number[] = []
  const roots = Float32Array.from({ length: TREES }, (_, step) => {
    const root = nodes.length / NODE_NUMBERS
    const rows = drawRows(table.count, size, { seed: 0, stream: streamOf('anomaly/kept-rows'), step })
    const cuts = { seed: 0, stream: streamOf('anomaly/kept-cuts'), step }
    const tree = growIsolationTree(table, rows, fillUniform(new Float32Array(2 * size), cuts))
    // A node that splits has two after it, so what is used ends with the last child.
    const used = tree.left.reduce(
      (most, left, node) => (tree.column[node] < 0 ? most : Math.max(most, left + 2)),
      1,
    )
    for (let node = 0; node < used; node++) {
      const isLeaf = tree.column[node] < 0
      nodes.push(
        tree.column[node],
        isLeaf ? tree.path[node] : tree.threshold[node],
        isLeaf ? 0 : root + tree.left[node],
      )
    }
    return root
  })
  return { nodes: Float32Array.from(nodes), roots }
}

/** Trees that are gone down together: the next node of one is looked up while that of another is on its way. */
const ABREAST = 4

/** Minus the mean path to a row in the trees: the greater, the sooner random cuts set it apart. */
export function isolationIn({ nodes, roots }: KeptForest): (row: Float64Array) => number {
  const count = nodes.length / NODE_NUMBERS
  // A leaf asks what every row answers with yes, and leads to itself.
  const isLeaf = (node: number) => nodes[node * NODE_NUMBERS] < 0
  const column = Uint32Array.from({ length: count }, (_, node) =>
    isLeaf(node) ? 0 : nodes[node * NODE_NUMBERS],
  )
  const threshold = Float64Array.from(column, (_, node) =>
    isLeaf(node) ? Number.POSITIVE_INFINITY : nodes[node * NODE_NUMBERS + 1],
  )
  const left = Uint32Array.from(column, (_, node) => (isLeaf(node) ? node : nodes[node * NODE_NUMBERS + 2]))
  const path = Float64Array.from(column, (_, node) => (isLeaf(node) ? nodes[node * NODE_NUMBERS + 1] : 0))
  const first = Uint32Array.from(roots)
  const deepest = depthOf(left)
  const next = (row: Float64Array, node: number) => left[node] + (row[column[node]] > threshold[node] ? 1 : 0)
  return (row) => {
    let sum = 0
    let tree = 0
    for (; tree + ABREAST <= first.length; tree += ABREAST) {
      let a = first[tree]
      let b = first[tree + 1]
      let c = first[tree + 2]
      let d = first[tree + 3]
      for (let depth = 0; depth < deepest; depth++) {
        a = next(row, a)
        b = next(row, b)
        c = next(row, c)
        d = next(row, d)
      }
      sum -= path[a]
      sum -= path[b]
      sum -= path[c]
      sum -= path[d]
    }
    for (; tree < first.length; tree++) {
      let node = first[tree]
      for (let depth = 0; depth < deepest; depth++) node = next(row, node)
      sum -= path[node]
    }
    return sum / first.length
  }
}

/** How far the farthest leaf lies below its root; children stand after their parent. */
function depthOf(left: Uint32Array): number {
  const depth = new Uint32Array(left.length)
  for (let node = 0; node < left.length; node++) {
    const child = left[node]
    if (child !== node) depth[child] = depth[child + 1] = depth[node] + 1
  }
  return depth.reduce((most, own) => Math.max(most, own), 0)
}
