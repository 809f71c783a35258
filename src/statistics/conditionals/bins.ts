/** Numbers as codes: a code stands for one value that is common, or for all between two. */

/** Codes of a column at most. */
export const MOST_BINS = 256
/** Fewer rows with one value than this do not make it common. */
const COMMON = 3

/** Distinct values of ascending numbers, and how often each is there. */
function distinct(sorted: Float32Array): { values: number[]; counts: number[] } {
  const values: number[] = []
  const counts: number[] = []
  for (const value of sorted)
    if (values.at(-1) === value) counts[counts.length - 1]++
    else {
      values.push(value)
      counts.push(1)
    }
  return { values, counts }
}

/**
 * Bins of ascending numbers as pairs of least and greatest [bins × 2], ascending. A bin of one value has it twice: every
 * common one; what lies between such values is divided into bins that hold as many rows, three at least, since a bin of one
 * row would be that row's number. Rarer values between common ones have no bin, and count as the nearest.
 */
export function binsOf(sorted: Float32Array): Float32Array {
  const { values, counts } = distinct(sorted)
  const areFew = values.length <= MOST_BINS
  const share = Math.max(COMMON, sorted.length / MOST_BINS)
  const common = areFew ? COMMON : Math.max(COMMON, 2 * (sorted.length / MOST_BINS))
  const bins: number[] = []
  let from = 0
  let rows = 0
  /** Whether the last bin may take in what follows it. */
  let isOpen = false
  const close = (to: number) => {
    const high = values[to - 1] + reach(values, to - 1)
    if (rows >= COMMON) {
      bins.push(values[from] - reach(values, from), high)
      isOpen = true
    } else if (rows > 0 && isOpen) bins[bins.length - 1] = high
    from = to
    rows = 0
  }
  for (const [at, count] of counts.entries()) {
    if (count >= common) {
      close(at)
      bins.push(values[at], values[at])
      isOpen = false
      from = at + 1
      continue
    }
    rows += count
    if (rows >= share) close(at + 1)
  }
  close(values.length)
  return Float32Array.from(bins)
}

/** How far around a value others are as good: half of the way to the nearer of its neighbors, and nowhere at the ends. */
function reach(values: readonly number[], at: number): number {
  if (at === 0 || at === values.length - 1) return 0
  return 0.5 * Math.min(values[at] - values[at - 1], values[at + 1] - values[at])
}

/** The code of the bin that a number lies in or next to. */
export function codeIn(bins: Float32Array, value: number): number {
  let low = 0
  let high = bins.length / 2 - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (bins[2 * middle + 1] < value) low = middle + 1
    else high = middle
  }
  if (low > 0 && bins[2 * low] > value && value - bins[2 * low - 1] < bins[2 * low] - value) return low - 1
  return low
}

/** The value at share `u` of a bin. */
export const valueIn = (bins: Float32Array, code: number, u: number): number =>
  bins[2 * code] + u * (bins[2 * code + 1] - bins[2 * code])
