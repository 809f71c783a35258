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

/** Minus the mean path to a row in the trees: the greater, the sooner random cuts set it apart. */
export function isolationIn({ nodes, roots }: KeptForest): (row: Float64Array) => number {
  const count = nodes.length / NODE_NUMBERS
  const column = Int32Array.from({ length: count }, (_, node) => nodes[node * NODE_NUMBERS])
  const threshold = Float64Array.from(column, (_, node) => nodes[node * NODE_NUMBERS + 1])
  const left = Int32Array.from(column, (_, node) => nodes[node * NODE_NUMBERS + 2])
  const first = Int32Array.from(roots)
  return (row) => {
    let sum = 0
    for (let tree = 0; tree < first.length; tree++) {
      let node = first[tree]
      for (let own = column[node]; own >= 0; own = column[node])
        node = row[own] <= threshold[node] ? left[node] : left[node] + 1
      sum -= threshold[node]
    }
    return sum / first.length
  }
}
