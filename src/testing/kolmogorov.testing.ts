/** √n sup |F̂ − F| of numbers against a distribution function: above 1.95 one time in a thousand. */
export function kolmogorovSmirnov(values: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const count = sorted.length
  const farthest = sorted.reduce((most, x, i) => {
    const share = cumulative(x)
    return Math.max(most, Math.abs((i + 1) / count - share), Math.abs(share - i / count))
  }, 0)
  return farthest * Math.sqrt(count)
}
