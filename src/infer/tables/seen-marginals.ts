import type { Feeds } from '../../engine/engine.ts'
import { KNOTS, SEEN } from './seen-columns.ts'

/** Puts real numbers of encoded rows [n × width] where numbers of the same rank stood in training, in place. */
export type ToSeen = (rows: Float32Array) => void

/**
 * Maps every real number's distribution to the one that training saw, by ranks: dependence stays as the model has it.
 *
 * `reference` are rows drawn by the model [n × width], from which the ranks are taken. Does nothing in models of earlier
 * versions, which keep no quantiles.
 */
export function toSeenMarginals(values: Feeds, reference: Float32Array, width: number): ToSeen {
  const quantiles = values[SEEN.quantiles]
  const steps = values[SEEN.steps]
  if (!quantiles || !steps) return () => {}
  const maps = Array.from(steps.data, (isStepped, slot) => {
    const drawn = Float32Array.from(
      { length: reference.length / width },
      (_, row) => reference[row * width + slot],
    )
    const knots = quantiles.data.slice(slot * KNOTS, (slot + 1) * KNOTS)
    const share = rankIn(drawn.sort())
    return (x: number) => at(knots, share(x) * (KNOTS - 1), isStepped === 1)
  })
  return (rows) => {
    for (let row = 0; row < rows.length; row += width)
      for (const [slot, map] of maps.entries()) rows[row + slot] = map(rows[row + slot])
  }
}

/** The share, from 0 to 1, of sorted numbers that lie below one, taken linearly in between. */
function rankIn(sorted: Float32Array): (x: number) => number {
  return (x) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle] < x) low = middle + 1
      else high = middle
    }
    if (low === 0) return 0.5 / sorted.length
    if (low === sorted.length) return 1 - 0.5 / sorted.length
    const gap = sorted[low] - sorted[low - 1]
    return (low - 0.5 + (gap > 0 ? (x - sorted[low - 1]) / gap : 0.5)) / sorted.length
  }
}

/** A quantile between two knots, or at the nearest. */
function at(knots: ArrayLike<number>, place: number, nearest: boolean): number {
  if (nearest) return knots[Math.round(place)]
  const below = Math.min(Math.floor(place), KNOTS - 2)
  return knots[below] + (place - below) * (knots[below + 1] - knots[below])
}
