/** Counts of numbers below bounds, as Prometheus takes them, and quantiles that follow from them. */
export class Histogram {
  readonly bounds: readonly number[]
  readonly counts: number[]
  sum = 0
  count = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = new Array<number>(bounds.length + 1).fill(0)
  }

  add(value: number): void {
    let at = 0
    while (at < this.bounds.length && value > this.bounds[at]) at++
    this.counts[at]++
    this.sum += value
    this.count++
  }

  /** Taken linearly within the bounds that it lies between; 0 where nothing was counted. */
  quantile(share: number): number {
    let left = share * this.count
    for (const [at, count] of this.counts.entries()) {
      if (count > 0 && left <= count) {
        const from = this.bounds[at - 1] ?? 0
        const to = this.bounds[at] ?? from
        return from + (left / count) * (to - from)
      }
      left -= count
    }
    return 0
  }
}

/** Seconds from a tenth of a millisecond to a minute, about a quarter apart from one to the next. */
export const SECONDS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5,
  0.75, 1, 2.5, 5, 10, 30, 60,
]
export const REQUESTS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256]
