import { meanOf } from '../base/math/sums.ts'
import { sampleVarianceOf } from '../base/math/variance.ts'

/** A mean over independent repetitions, and where the true mean lies with some confidence. @inline */
export interface Confidence {
  readonly mean: number
  /** Of the repetitions, with n − 1; absent, like the interval, for a single one. */
  readonly standardDeviation?: number
  readonly interval?: { readonly level: number; readonly low: number; readonly high: number }
}

/** Mean and Student's t interval of at least one repetition, such as a metric under several seeds. */
export function confidenceOf(values: readonly number[], level = 0.95): Confidence {
  const count = values.length
  const mean = meanOf(values)
  if (count < 2) return { mean }
  const standardDeviation = Math.sqrt(sampleVarianceOf(values))
  const half = (tCritical(level, count - 1) * standardDeviation) / Math.sqrt(count)
  return { mean, standardDeviation, interval: { level, low: mean - half, high: mean + half } }
}

/** The t with P(|T| ≤ t) = `level`, by bisection over the angle atan(t/√ν), on which the probability grows. */
export function tCritical(level: number, freedom: number): number {
  let [low, high] = [0, Math.PI / 2]
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2
    if (probabilityWithin(middle, freedom) < level) low = middle
    else high = middle
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2)
}

/** P(|T| ≤ √ν·tan θ) for ν whole degrees of freedom. Abramowitz & Stegun 1964, 26.7.3 and 26.7.4. */
function probabilityWithin(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const isOdd = freedom % 2 === 1
  let term = isOdd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
}
