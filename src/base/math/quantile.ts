/** Of ascending numbers, by linear interpolation between them, as NumPy's. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}

/** Of ascending numbers, the one at a share of the way, none in between. */
export const orderStatistic = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

/** The middle one of some numbers, or halfway between the two in the middle. */
export const medianOf = (numbers: ArrayLike<number>): number =>
  quantile(Float64Array.from(numbers).sort(), 0.5)
