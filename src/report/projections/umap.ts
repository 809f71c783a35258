import { fail } from '../../base/errors.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import { nextTurn } from '../../base/yielding.ts'
import { defineProjection } from './projection.ts'

/** How many codes around a code count as near; fewer where there are not so many. */
const NEIGHBORS = 15
const FEWEST_CODES = 4
/** Epochs between two turns of the event loop. */
const EPOCHS_AT_A_TIME = 10
/** Draws that are made at once. */
const BLOCK = 4096

/**
 * A plane in which codes that are near each other stay near each other. The same codes always have the same map.
 *
 * Its library is loaded when it is asked for. Some ten seconds for 5,000 codes, and in proportion for more.
 */
export const umap = defineProjection({
  name: 'umap',
  summary: 'neighbors stay neighbors; distances between groups say little',
  paper: 'McInnes et al. 2018',
  async project({ data, shape: [count, latent] }) {
    if (count < FEWEST_CODES)
      fail({
        code: 'map/umap-codes',
        seen: `${count} codes to map by UMAP`,
        wanted: `at least ${FEWEST_CODES}`,
        fix: 'map more examples, or map these by pca',
        usage: true,
      })
    const { UMAP } = await import('umap-js')
    const rows = Array.from({ length: count }, (_, row) =>
      Array.from(data.subarray(row * latent, (row + 1) * latent)),
    )
    const layout = new UMAP({ nNeighbors: Math.min(NEIGHBORS, count - 1), random: uniforms() })
    const epochs = layout.initializeFit(rows)
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (epoch % EPOCHS_AT_A_TIME === 0) await nextTurn()
      layout.step()
    }
    const points = Float64Array.from(layout.getEmbedding().flat())
    return { points: { data: points, shape: [count, 2] }, axes: ['UMAP 1', 'UMAP 2'] }
  },
})

/** Uniform draws on [0, 1), one after another. */
function uniforms(): () => number {
  const block = new Float32Array(BLOCK)
  let drawn = 0
  return () => {
    const at = drawn % BLOCK
    if (at === 0) fillUniform(block, { seed: 0, stream: streamOf('map/umap'), step: drawn / BLOCK })
    drawn++
    return block[at]
  }
}
