/** Few rows that stand for many. */
import { fillUniform, streamOf } from '../../base/random.ts'
import { nextTurn } from '../../base/yielding.ts'
import type { Feature } from './features.ts'

const swapping = streamOf('thinning')

/** Swaps that are tried for each row; five times as many gain nothing more. */
const TRIES = 60
/** Features that are looked at in all, so that time is bounded. */
const MOST_LOOKS = 2e7
/** Swaps between two turns of the event loop. */
const BLOCK = 2048

interface Thinning {
  /** Rows to choose among, the first of all. */
  readonly pool: number
  /** Rows that the chosen ones are to stand for. */
  readonly all: number
  readonly count: number
  readonly seed: number
  readonly signal?: AbortSignal
}

/**
 * The places, ascending, of `count` rows of a pool whose sums of features come near to those of all rows: rows are swapped
 * for others where that lessens Σ (difference)² / variance. Such rows tell means closer than rows drawn by chance do, as
 * the super-samples of Chen, Welling & Smola 2010. Throws the signal's reason.
 */
export async function thinned(
  features: readonly Feature[],
  { pool, all, count, seed, signal }: Thinning,
): Promise<Uint32Array> {
  const places = Uint32Array.from({ length: pool }, (_, row) => row)
  const aims = features.map((feature) => aimOf(feature, all, count))
  for (let row = 0; row < count; row++) for (const aim of aims) aim.add(row)
  const spare = pool - count
  const tries = spare > 0 ? Math.min(TRIES * count, MOST_LOOKS / Math.max(1, features.length)) : 0
  const chances = new Float32Array(BLOCK)
  for (let turn = 0; turn < tries; turn++) {
    if (turn % BLOCK === 0) {
      await nextTurn()
      signal?.throwIfAborted()
      fillUniform(chances, { seed, stream: swapping, step: turn / BLOCK })
    }
    const own = turn % count
    const other = count + Math.floor(chances[turn % BLOCK] * spare)
    let change = 0
    for (let at = 0; at < aims.length; at++) change += aims[at].change(places[own], places[other])
    if (change >= 0) continue
    for (const aim of aims) aim.swap(places[own], places[other])
    ;[places[own], places[other]] = [places[other], places[own]]
  }
  return places.subarray(0, count).sort()
}

/** How far the sum of a feature over the chosen rows is from what it should be. */
interface Aim {
  add(row: number): void
  /** By how much the distance grows where one row is taken for another. */
  change(own: number, other: number): number
  swap(own: number, other: number): void
}

function aimOf({ cells, cellOf, numberOf }: Feature, all: number, count: number): Aim {
  const wanted = new Float64Array(cells)
  let squares = 0
  for (let row = 0; row < all; row++) {
    wanted[cellOf(row)] += (numberOf(row) * count) / all
    squares += (numberOf(row) ** 2 * count) / all
  }
  // A count varies by what is expected of it; half a row more keeps rare cells from deciding all.
  const weights = wanted.map((sum) =>
    cells > 1 ? 1 / ((sum + 0.5) * (cells - 1)) : 1 / (squares - sum ** 2 / count + 1e-9),
  )
  const rest = wanted.map((sum) => -sum)
  const counted = (own: number, other: number): number => {
    const [from, to] = [cellOf(own), cellOf(other)]
    return from === to ? 0 : weights[from] * (1 - 2 * rest[from]) + weights[to] * (1 + 2 * rest[to])
  }
  const summed = (own: number, other: number): number => {
    const move = numberOf(other) - numberOf(own)
    return weights[0] * move * (move + 2 * rest[0])
  }
  return {
    add(row) {
      rest[cellOf(row)] += numberOf(row)
    },
    change: cells > 1 ? counted : summed,
    swap(own, other) {
      rest[cellOf(own)] -= numberOf(own)
      rest[cellOf(other)] += numberOf(other)
    },
  }
}
