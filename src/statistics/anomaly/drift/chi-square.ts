import { logGamma } from '../../../base/math/log-gamma.ts'

const MOST_TERMS = 10_000
const SMALLEST = 1e-300

/** P(X ≥ `statistic`) of a chi-square variable of `freedom` ≥ 1 whole degrees: Q(freedom/2, statistic/2). */
export function chiSquareTail(statistic: number, freedom: number): number {
  const [a, x] = [freedom / 2, statistic / 2]
  if (!(x > 0)) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
}

/** γ(a, x)·eˣ/xᵃ. Abramowitz & Stegun 1964, 6.5.29. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < MOST_TERMS && term > sum * Number.EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Γ(a, x)·eˣ/xᵃ by Lentz's method. Abramowitz & Stegun 1964, 6.5.31; Press et al. 2007, §6.2. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / SMALLEST
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / awayFromZero(numerator * d + b)
    c = awayFromZero(b + numerator / c)
    fraction *= c * d
    if (Math.abs(c * d - 1) < Number.EPSILON) break
  }
  return fraction
}

const awayFromZero = (x: number): number => (Math.abs(x) < SMALLEST ? SMALLEST : x)
