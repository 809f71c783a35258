/** Monotone maps that give numbers a shape that mean and standard deviation describe. */

import * as z from 'zod/mini'
import { orderStatistic } from '../../base/math/quantile.ts'
import { sumOf } from '../../base/math/sums.ts'
import { normalQuantile } from '../../base/random.ts'
import { interpolate } from './interpolate.ts'
import { momentsOf, standardizing } from './moments.ts'

export const transformSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('none') }),
  /** log(x + offset); below x + offset = from, its tangent there goes on, so that any number has a value. */
  z.strictObject({
    name: z.literal('log'),
    offset: z.number().check(z.minimum(0)),
    from: z.number().check(z.positive()),
  }),
  /**
   * Piecewise linear from values (ascending, repeated where one is common) to normal scores (strictly ascending); past
   * the ends logarithmic in the distance over `below` and `above`, so that what lies far out still does.
   */
  z.strictObject({
    name: z.literal('quantile'),
    values: z.array(z.number()).check(z.minLength(2), z.maxLength(64)),
    scores: z.array(z.number()).check(z.minLength(2), z.maxLength(64)),
    below: z.number().check(z.positive()),
    above: z.number().check(z.positive()),
  }),
])
export type Transform = z.infer<typeof transformSchema>

const KNOTS = 64
/** Share of the values beyond the last knot on either side. */
const TAIL = 0.025
/** Of fewer values, the tails say nothing. */
const LEAST_VALUES = 100
/** From this skewness on, a logarithm is looked at; the exponential distribution has 2. */
const SKEWED = 1
/** The same of the deciles, which a few outliers cannot move; the exponential distribution has 0.47. */
const DECILES_SKEWED = 0.1
/** The logarithm is taken where it leaves at most this part of the skewness. */
const SKEWNESS_LEFT = 0.5
/** Of a normal distribution, the outermost hundredth holds 0.085 of the variance; of Student's t with 3 degrees 0.4. */
const HEAVY = 0.5

/** Share of the variance that the hundredth of values farthest from the mean holds. */
function tailShare(values: Float64Array): number {
  const { mean, deviation } = momentsOf(values)
  if (deviation === 0) return 0
  const squares = values.map((value) => ((value - mean) / deviation) ** 2).sort()
  const outermost = Math.ceil(values.length / 100)
  return sumOf(squares.subarray(values.length - outermost)) / values.length
}

/** Logarithms of what is not negative: as it is where there is no zero, and offset by the lower quartile of the rest. */
function logsOf(sorted: Float64Array): Transform[] {
  const low = sorted[0]
  if (!(low >= 0)) return []
  const started = orderStatistic(sorted.subarray(sorted.findIndex((value) => value > 0)), 0.25)
  const offsets = low > 0 ? [0, started] : [started]
  return offsets.map((offset) => ({ name: 'log', offset, from: low + offset }))
}

/** How far the median lies from the middle of the outer deciles, from −1 to 1; 0 where those are equal. */
function decileSkewness(sorted: Float64Array): number {
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => orderStatistic(sorted, share))
  return high > low ? (high + low - 2 * middle) / (high - low) : 0
}

function quantilesOf(sorted: Float64Array): Transform {
  const edge = Math.log(1 / TAIL - 1)
  // Logistic steps: about even in the score, and so fine on both sides.
  const shares = Array.from(
    { length: KNOTS },
    (_, knot) => 1 / (1 + Math.exp(edge * (1 - (2 * knot) / (KNOTS - 1)))),
  )
  const values = shares.map((share) => orderStatistic(sorted, share))
  const scores = shares.map(normalQuantile)
  const middle = orderStatistic(sorted, 0.5)
  const { deviation } = momentsOf(sorted)
  const reach = (end: number) => Math.abs((values[end] - middle) / scores[end]) || deviation
  return { name: 'quantile', values, scores, below: reach(0), above: reach(KNOTS - 1) }
}

/** What was chosen, and a remark on why where it is not `none`. */
export interface ChosenTransform {
  readonly transform: Transform
  readonly remark?: string
}

/** The logarithm that takes at least half of the skewness away, and the numbers after it. */
function straightening(sorted: Float64Array, skewness: number) {
  if (skewness <= SKEWED || decileSkewness(sorted) <= DECILES_SKEWED) return undefined
  const tried = logsOf(sorted).map((log) => {
    const values = sorted.map(forward(log))
    return { log, values, left: Math.abs(momentsOf(values).skewness) }
  })
  const [best] = tried.filter(({ left }) => left <= SKEWNESS_LEFT * skewness).sort((a, b) => a.left - b.left)
  return best
}

/** The transform that ascending numbers need: none unless their skewness or their tails ask for one. */
export function chooseTransform(sorted: Float64Array): ChosenTransform {
  const { skewness } = momentsOf(sorted)
  const straight = straightening(sorted, skewness)
  const tails = tailShare(straight?.values ?? sorted)
  if (tails > HEAVY && sorted.length >= LEAST_VALUES)
    return {
      transform: quantilesOf(sorted),
      remark: `1% of them hold ${Math.round(tails * 100)}% of the variance`,
    }
  if (straight === undefined) return { transform: { name: 'none' } }
  return { transform: straight.log, remark: `skewed to the right (skewness ${skewness.toFixed(1)})` }
}

type Quantiles = Extract<Transform, { name: 'quantile' }>

function normalScore({ values, scores, below, above }: Quantiles): (x: number) => number {
  const end = values.length - 1
  return (x) => {
    if (x < values[0]) return scores[0] - Math.log1p((values[0] - x) / below)
    if (x > values[end]) return scores[end] + Math.log1p((x - values[end]) / above)
    return interpolate(values, scores, x)
  }
}

function valueOfScore({ values, scores, below, above }: Quantiles): (y: number) => number {
  const end = values.length - 1
  return (y) => {
    if (y < scores[0]) return values[0] - Math.expm1(scores[0] - y) * below
    if (y > scores[end]) return values[end] + Math.expm1(y - scores[end]) * above
    return interpolate(scores, values, y)
  }
}

/** The map of a transform. */
export function forward(transform: Transform): (x: number) => number {
  if (transform.name === 'none') return (x) => x
  if (transform.name === 'quantile') return normalScore(transform)
  const { offset, from } = transform
  const start = Math.log(from)
  return (x) => (x + offset >= from ? Math.log(x + offset) : start + (x + offset) / from - 1)
}

/** The way back from a transform. */
export function backward(transform: Transform): (y: number) => number {
  if (transform.name === 'none') return (y) => y
  if (transform.name === 'quantile') return valueOfScore(transform)
  const { offset, from } = transform
  const start = Math.log(from)
  return (y) => (y >= start ? Math.exp(y) : from * (1 + y - start)) - offset
}

/** Center and scale of numbers after a transform. */
export const standardizingAfter = (transform: Transform, sample: Float64Array) =>
  standardizing(momentsOf(sample.map(forward(transform))))
