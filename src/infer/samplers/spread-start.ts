import { sumOf } from '../../base/math/sums.ts'
import { fillUniform, streams } from '../../base/random.ts'
import { pick } from './mixture-draws.ts'

/** Draws are always the same ones, so that a fit is a function of its codes alone. */
const SEED = 0
/** Keeps them apart from those of the samplers, which use the same stream. */
const STEP = 2 ** 48

/**
 * Picks up to `components` rows that lie apart, and gives each row the number of the nearest of them.
 *
 * Each next one is drawn with probability proportional to its squared distance from those before, the best of
 * several candidates: greedy k-means++, Arthur & Vassilvitskii 2007. It stops early where rows are all alike.
 */
export function spreadStart(rows: Float64Array, size: number, components: number): Uint32Array {
  const count = rows.length / size
  const candidates = 2 + Math.floor(Math.log(components))
  const draws = fillUniform(new Float32Array(components * candidates), {
    seed: SEED,
    stream: streams.sampler,
    step: STEP,
  })
  const nearest = new Uint32Array(count)
  let distances = distancesFrom(rows, size, Math.floor(draws[0] * count))
  for (let component = 1; component < components; component++) {
    const before = distances
    const total = sumOf(before)
    if (total === 0) break
    const options = Array.from({ length: candidates }, (_, i) => {
      const own = distancesFrom(rows, size, pick(before, draws[component * candidates + i], total))
      return own.map((distance, row) => Math.min(distance, before[row]))
    })
    distances = options.reduce((best, option) => (sumOf(option) < sumOf(best) ? option : best))
    for (let row = 0; row < count; row++) if (distances[row] < before[row]) nearest[row] = component
  }
  return nearest
}

/** Squared distances of every row from row `at`. */
function distancesFrom(rows: Float64Array, size: number, at: number): Float64Array {
  const distances = new Float64Array(rows.length / size)
  for (let i = 0; i < rows.length; i++)
    distances[Math.floor(i / size)] += (rows[i] - rows[at * size + (i % size)]) ** 2
  return distances
}
