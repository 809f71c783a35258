import { fillUniform, streamOf } from '../../../base/random.ts'
import { defineDetector } from './detector.ts'
import { drawRows } from './draw-rows.ts'
import { expectedPath, growIsolationTree, pathOf } from './isolation-tree.ts'

const TREES = 100
const SUBSAMPLE = 256

/** 2^(−E[path] / c(ψ)) over 100 trees, each of ψ = 256 rows drawn by the seed. Liu, Ting & Zhou 2008, eq. 2. */
export const isolationForest = defineDetector({
  name: 'isolationForest',
  title: 'isolation forest',
  summary: 'High where a few random cuts set a row apart from the others.',
  paper: 'Liu, Ting & Zhou 2008',
  fit(table, seed) {
    const size = Math.min(SUBSAMPLE, table.count)
    const trees = Array.from({ length: TREES }, (_, step) => {
      const rows = drawRows(table.count, size, { seed, stream: streamOf('anomaly/isolation-rows'), step })
      const cuts = { seed, stream: streamOf('anomaly/isolation-cuts'), step }
      return growIsolationTree(table, rows, fillUniform(new Float32Array(2 * size), cuts))
    })
    return ({ count, width, data }) => {
      const paths = new Float64Array(count)
      for (const tree of trees)
        for (let row = 0; row < count; row++) paths[row] += pathOf(tree, data, row * width)
      return paths.map((path) => 2 ** (-path / (TREES * expectedPath(size))))
    }
  },
})
