/** A codebook, and how it learns while training: by moving averages or by gradient, and by restarts of dead entries. */
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { cast } from '../../graph/ops/cast.ts'
import { greater } from '../../graph/ops/compare.ts'
import { detach } from '../../graph/ops/detach.ts'
import { div } from '../../graph/ops/div.ts'
import { maximum, minimum } from '../../graph/ops/extremum.ts'
import { floor } from '../../graph/ops/floor.ts'
import { gather } from '../../graph/ops/gather.ts'
import { hardmax } from '../../graph/ops/hardmax.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Layers } from '../parameters.ts'
import type { Training } from './latent.ts'

/** The part that a codebook belongs to: weight decay is about encoder and decoder alone. */
const PART = 'codebook'
/** An entry that nothing was near has no average. */
const LEAST_COUNT = 1e-20

/** @inline */
export interface CodebookOptions {
  /** How many entries there are. */
  readonly entries: number
  /** Numbers of an entry. */
  readonly dimensions: number
  /** What moves entries: averages of the points that are nearest to them, or their gradient. */
  readonly codebook: 'averages' | 'gradient'
  /** What an average keeps of itself at a step. */
  readonly decay: number
  /** Steps without a point after which an entry becomes a point of the batch; 0 never. */
  readonly restart: number
}

interface Parameters {
  /** As gradients or averages move them [entries, dimensions]. */
  readonly own: Tensor
  /** What restarts have added where gradients move the rest; the same shape. */
  readonly restarted?: Tensor
}

const declared = (layers: Layers, { entries, dimensions, codebook }: CodebookOptions): Parameters => {
  const declare = layers('')
  const shape = [entries, dimensions]
  const own = declare('entries', shape, 1 / Math.sqrt(dimensions), PART)
  return codebook === 'averages' ? { own } : { own, restarted: declare('restarted', shape, 0, PART) }
}

/** The entries [entries, dimensions]. */
export function entriesOf(layers: Layers, options: CodebookOptions): Tensor {
  const { own, restarted } = declared(layers, options)
  return restarted ? add(own, restarted) : own
}

/** The entry that is nearest to each of some points [n, dimensions], as one-hots [n, entries]; the first of several. */
export const nearestEntry = (points: Tensor, entries: Tensor): Tensor =>
  hardmax(sub(matmul(points, entries, { transposeB: true }), mul(sum(square(entries), [1]), 0.5)))

/**
 * Moves a codebook after a step, by the points [n, dimensions] of its batch and the entries `chosen` for them as one-hots.
 *
 * Averages: Nᵢ ← γNᵢ + (1 − γ)nᵢ, and an entry moves to its points' mean by the share of them in Nᵢ, as mᵢ/Nᵢ does. van
 * den Oord et al. 2017, appendix A.1. Counts start at 0, so that an entry is the mean of the first points it meets.
 */
export function followPoints(
  points: Tensor,
  chosen: Tensor,
  layers: Layers,
  options: CodebookOptions,
  training: Training,
): void {
  const { own, restarted } = declared(layers, options)
  const met = sum(chosen, [0])
  const restarts = restartsOf(points, met, layers, options, training)
  if (restarted) {
    if (restarts) training.replace(restarted, restarts.instead(sub(restarts.fresh, own), restarted))
    return
  }
  const { entries, decay } = options
  const count = layers('')('count', [entries], 0, PART)
  const counted = add(mul(count, decay), mul(met, 1 - decay))
  const towards = sub(matmul(chosen, points, { transposeA: true }), mul(reshape(met, [entries, 1]), own))
  const share = div(1 - decay, maximum(counted, LEAST_COUNT))
  const moved = add(own, mul(reshape(share, [entries, 1]), towards))
  training.replace(own, restarts ? restarts.instead(restarts.fresh, moved) : moved)
  training.replace(count, restarts ? where(restarts.isDead, 0, counted) : counted)
}

interface Restarts {
  /** Which entries begin anew [entries]. */
  readonly isDead: Tensor
  /** A point of the batch for each entry. */
  readonly fresh: Tensor
  /** `fresh` for entries that begin anew, and `kept` for the rest. */
  instead(fresh: Tensor, kept: Tensor): Tensor
}

/** Which entries had no point for too long, and what they become: points that the run's noise chooses. */
function restartsOf(
  points: Tensor,
  met: Tensor,
  layers: Layers,
  { entries, restart }: CodebookOptions,
  training: Training,
): Restarts | undefined {
  if (restart === 0) return undefined
  const unused = layers('')('unused', [entries], 0, PART)
  const waited = where(greater(met, 0), 0, add(unused, 1))
  const isDead = greater(waited, restart - 0.5)
  training.replace(unused, where(isDead, 0, waited))
  const count = points.shape[0] as number
  const place = minimum(floor(mul(training.draw('restart', 'uniform', [entries]), count)), count - 1)
  const fresh = gather(points, cast(place, 'int32'))
  return {
    isDead,
    fresh,
    instead: (fresh, kept) => where(reshape(isDead, [entries, 1]), fresh, kept),
  }
}

/** Entries that nothing moves: what the decoder is given tells the encoder alone. */
export const lookedUp = (chosen: Tensor, entries: Tensor): Tensor => matmul(chosen, detach(entries))
