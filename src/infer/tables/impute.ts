import { fillUniform, streamOf } from '../../base/random.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import type { ModelSpec } from '../../model/spec.ts'
import type { CellDraw, Cells } from './cells.ts'
import { cellSampler } from './draw-cells.ts'
import { entriesOf } from './entries.ts'

interface ImputeModel {
  readonly cells: Cells
  readonly layout: TableLayout
  readonly values: Feeds
  readonly spec: ModelSpec
}

interface ImputeRequest {
  /** Number of the first row in its table. */
  readonly first: number
  readonly draws: number
  /** Completions of each row to draw. */
  readonly samples: number
  readonly signal?: AbortSignal
}

const resampling = streamOf('impute')

/**
 * Encoded rows [n × width] with nothing missing: posterior means of what was missing, and draws of it.
 *
 * With codes zₖ of q(z|known) and weights wₖ ∝ p(known|zₖ)p(zₖ)/q(zₖ|known): the mean is Σ wₖ E[x|zₖ], and a draw
 * takes zₖ with probability wₖ, then x of p(x|zₖ). Mattei & Frellsen 2019, eq. 11 and §3.2.
 */
export async function imputeRows(
  { cells, layout, values, spec }: ImputeModel,
  rows: Float32Array,
  { first, draws, samples, signal }: ImputeRequest,
): Promise<{ readonly mean: Float32Array; readonly samples: readonly Float32Array[] }> {
  const { width } = layout
  const count = rows.length / width
  const mean = new Float64Array(rows.length)
  const total = new Float64Array(count)
  const top = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const chosen = Array.from({ length: samples }, () => new Float32Array(rows.length))
  const entries = entriesOf(layout).count
  for (let draw = 0; draw < draws; draw++) {
    signal?.throwIfAborted()
    await cells.draw(rows, first, draw, (found, from, part) => {
      for (let row = 0; row < part; row++) {
        const at = from + row
        const logWeight = logWeightOf(found, row, entries)
        // Weights are kept relative to the greatest so far, so that none overflows.
        if (logWeight > top[at]) {
          const shrink = Math.exp(top[at] - logWeight)
          total[at] *= shrink
          for (let k = 0; k < width; k++) mean[at * width + k] *= shrink
          top[at] = logWeight
        }
        const weight = Math.exp(logWeight - top[at])
        total[at] += weight
        const center = found.center.subarray(row * width, (row + 1) * width)
        for (let k = 0; k < width; k++) mean[at * width + k] += weight * center[k]
        // One of all draws by its weight, without keeping them: the newest replaces what was held with its share.
        chosen.forEach((sample, s) => {
          if (uniform(s, draw, first + at) * total[at] < weight) sample.set(center, at * width)
        })
      }
    })
  }
  for (let at = 0; at < mean.length; at++) mean[at] /= total[Math.floor(at / width)]
  const sampler = cellSampler(layout, spec, values)
  return {
    mean: Float32Array.from(mean),
    samples: chosen.map((sample, s) => sampler(sample, { seed: s, stream: resampling, first })),
  }
}

/** log p(known|z) + log p(z) − log q(z|known). */
function logWeightOf({ nats, logRatio }: CellDraw, row: number, entries: number): number {
  let sum = -logRatio[row]
  for (let at = row * entries; at < (row + 1) * entries; at++) sum -= nats[at]
  return sum
}

const one = new Float32Array(1)
const uniform = (sample: number, draw: number, row: number): number =>
  fillUniform(one, { seed: sample * 65_536 + draw, stream: resampling, step: row })[0]
