import { fillUniform, streamOf } from '../../base/random.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import type { ModelSpec } from '../../model/spec.ts'
import type { CellDraw, Cells, VisitCells } from './cells.ts'
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
  /** What a conditional model is given of each row. */
  readonly condition?: Float32Array | undefined
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
  { first, draws, samples, condition, signal }: ImputeRequest,
): Promise<{ readonly mean: Float32Array; readonly samples: readonly Float32Array[] }> {
  const { width } = layout
  const entries = entriesOf(layout).count
  const weighed = weighing(rows.length / width, width, samples)
  const add: VisitCells = (found, from, part, draw) => {
    for (let row = 0; row < part; row++) {
      const center = found.center.subarray(row * width, (row + 1) * width)
      const chance = (sample: number) => uniform(sample, draw, first + from + row)
      weighed.add(from + row, logWeightOf(found, row, entries), center, chance)
    }
  }
  await cells.draw(rows, draws, add, { condition, signal })
  const sampler = cellSampler(layout, spec, values)
  return {
    mean: weighed.means(),
    samples: weighed.chosen.map((sample, seed) => sampler(sample, { seed, stream: resampling, first })),
  }
}

/** Means of rows by weights that come as logarithms, and of each row some picks by weight, without keeping them all. */
function weighing(count: number, width: number, picks: number) {
  const sums = new Float64Array(count * width)
  const total = new Float64Array(count)
  const top = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const chosen = Array.from({ length: picks }, () => new Float32Array(count * width))
  /** Weights are kept relative to the greatest so far, so that none overflows. */
  const raise = (row: number, logWeight: number) => {
    const shrink = Math.exp(top[row] - logWeight)
    total[row] *= shrink
    for (let at = row * width; at < (row + 1) * width; at++) sums[at] *= shrink
    top[row] = logWeight
  }
  return {
    chosen,
    add(row: number, logWeight: number, center: Float32Array, chance: (pick: number) => number) {
      if (logWeight > top[row]) raise(row, logWeight)
      const weight = Math.exp(logWeight - top[row])
      total[row] += weight
      for (let at = 0; at < width; at++) sums[row * width + at] += weight * center[at]
      // The newest takes the place of the one held with its share of all so far.
      for (const [pick, held] of chosen.entries())
        if (chance(pick) * total[row] < weight) held.set(center, row * width)
    },
    means: () => Float32Array.from(sums, (sum, at) => sum / total[Math.floor(at / width)]),
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
