import { sumOf } from '../../base/math/sums.ts'
import { type Draw, fillBits } from '../../base/random.ts'
import { nextTurn } from '../../base/yielding.ts'
import type { FactoredCodes } from './metric.ts'

/** Points that a classifier learns from and is judged on, and rows that a point is made of. Higgins et al. 2017. */
export const TRAIN_POINTS = 10_000
export const TEST_POINTS = 5_000
export const BATCH = 64

const POINTS_A_TURN = 500

/** The rows of each level of one factor. */
interface LevelRows {
  /** All rows, those of a level next to each other. */
  readonly order: Uint32Array
  /** Where in `order` each level begins, and the end. */
  readonly starts: Uint32Array
}

function levelRows({ count, factorCount, factors, levels }: FactoredCodes, factor: number): LevelRows {
  const starts = new Uint32Array(levels[factor] + 1)
  for (let row = 0; row < count; row++) starts[factors[row * factorCount + factor] + 1]++
  for (let level = 0; level < levels[factor]; level++) starts[level + 1] += starts[level]
  const next = starts.slice()
  const order = new Uint32Array(count)
  for (let row = 0; row < count; row++) order[next[factors[row * factorCount + factor]]++] = row
  return { order, starts }
}

/** One of `count`, by a 32-bit word; the bias is below count / 2^32. */
const pick = (word: number, count: number): number => Math.floor((word / 2 ** 32) * count)

/** Rows drawn from the given ones so that they agree in a factor; the others fall as they do in the given rows. */
export interface FixedFactorDraws {
  /** Any row. */
  any(word: number): number
  /** A row of the same level of the factor as `row`. */
  like(row: number, factor: number, word: number): number
}

export function fixedFactorDraws(sample: FactoredCodes): FixedFactorDraws {
  const { count, factorCount, factors } = sample
  const groups = Array.from({ length: factorCount }, (_, factor) => levelRows(sample, factor))
  return {
    any: (word) => pick(word, count),
    like(row, factor, word) {
      const { order, starts } = groups[factor]
      const level = factors[row * factorCount + factor]
      return order[starts[level] + pick(word, starts[level + 1] - starts[level])]
    },
  }
}

/**
 * Makes points, each about one factor drawn uniformly; `make` has `words` random words for a point.
 *
 * A point is a pure function of the draw's seed and stream and its own number. Returns the factors.
 */
export async function pointsOf(
  count: number,
  { seed, stream }: Omit<Draw, 'step'>,
  { factorCount, words, signal }: { factorCount: number; words: number; signal?: AbortSignal },
  make: (point: number, factor: number, words: Uint32Array) => void,
): Promise<Int32Array> {
  const drawn = new Uint32Array(words + 1)
  const chosen = new Int32Array(count)
  for (let point = 0; point < count; point++) {
    if (point % POINTS_A_TURN === 0) {
      await nextTurn()
      signal?.throwIfAborted()
    }
    fillBits(drawn, { seed, stream, step: point })
    chosen[point] = pick(drawn[words], factorCount)
    make(point, chosen[point], drawn)
  }
  return chosen
}

/** Share of the points about each factor that were told right; NaN where there is no such point. */
export function accuracyByFactor(
  factors: Int32Array,
  predicted: ArrayLike<number>,
  factorCount: number,
): { readonly score: number; readonly perFactor: number[] } {
  const right = new Uint32Array(factorCount)
  const all = new Uint32Array(factorCount)
  factors.forEach((factor, point) => {
    all[factor]++
    if (predicted[point] === factor) right[factor]++
  })
  return {
    score: sumOf(right) / factors.length,
    perFactor: Array.from(right, (hits, factor) => hits / all[factor]),
  }
}
