import { firstAtLeast } from '../../../base/first-at-least.ts'
import { quantile } from '../../../base/math/quantile.ts'

/** −log of a share, at the first and at the last knot: all rows, and a tenth of them. */
export const DEEPEST = Math.log(10)
export const KNOTS = 64
/** Numbers that a measure's rarity is kept as: knots, the mean excess over the last, and where that ends. */
export const RARITY_NUMBERS = KNOTS + 2

/**
 * How rare values of a measure are, as numbers to keep: the values that a share e^−u of the rows reach, u evenly from 0 to
 * log 10, the mean excess over the last of these, and how many nats beyond it a value of these rows lies at most.
 */
export function rarityOf(values: ArrayLike<number>): Float32Array {
  const sorted = Float64Array.from(values).sort()
  const knots = Float32Array.from({ length: KNOTS }, (_, knot) =>
    quantile(sorted, 1 - Math.exp((-DEEPEST * knot) / (KNOTS - 1))),
  )
  const last = knots[KNOTS - 1]
  const beyond = sorted.filter((value) => value > last)
  const excess = beyond.reduce((sum, value) => sum + (value - last) / beyond.length, 0)
  // Values that are nearly all one must not make the smallest step infinitely rare.
  const least = Math.max((last - quantile(knots, 0.3)) / 10, 1e-6 * Math.abs(last), 1e-9)
  return Float32Array.of(...knots, Math.max(excess, least), Math.log(Math.max(beyond.length, 1)) + 1)
}

/**
 * −log of the share of rows that reach a value, in nats: linear between knots, beyond them as of an exponential tail
 * (Pickands 1975, shape 0), and where no row has been, growing by the logarithm alone, so that it never ends.
 */
export function rarityIn(kept: Float32Array): (value: number) => number {
  const knots = kept.subarray(0, KNOTS)
  const [excess, seen] = kept.subarray(KNOTS)
  const last = knots[KNOTS - 1]
  const step = DEEPEST / (KNOTS - 1)
  return (value) => {
    if (value > last) {
      const nats = (value - last) / excess
      return DEEPEST + (nats > seen ? seen + Math.log1p(nats - seen) : nats)
    }
    const at = firstAtLeast(knots, value)
    if (at === 0) return 0
    return step * (at - 1 + (value - knots[at - 1]) / (knots[at] - knots[at - 1]))
  }
}
