/** B₂, B₄, …, Bernoulli's numbers. */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730] as const

export const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

/** Coefficients of w², w⁴, … in w⁻ⁿ times the asymptotic series of |ψ⁽ⁿ⁾| in w = 1/z: B₂ₖ·(2k + n − 1)! / (2k)!. */
export const polygammaTail = (order: number): number[] =>
  BERNOULLI.map((number, i) => (number * factorial(2 * i + 1 + order)) / factorial(2 * i + 2))

/** From here on the series is exact to a double. */
const FAR = 20

/**
 * ψ⁽ⁿ⁾(x) for x > 0, the derivative of order n + 1 of log Γ: digamma for n = 0, trigamma for n = 1.
 *
 * Abramowitz & Stegun 1964, 6.4.6 and 6.4.11.
 */
export function polygamma(order: number, x: number): number {
  let below = 0
  let z = x
  for (; z < FAR; z++) below += z ** -(order + 1)
  const w = 1 / z
  const series = polygammaTail(order).reduceRight((sum, coefficient) => (sum + coefficient) * w * w, 0)
  const leading = order === 0 ? -Math.log(z) : factorial(order - 1) * w ** order
  const size = leading + w ** order * ((factorial(order) / 2) * w + series) + factorial(order) * below
  return order % 2 === 0 ? -size : size
}
