/** How many of these shares, ascending, are at most `rate`. */
export function flaggedAt(ascending: Float64Array, rate: number): number {
  const first = ascending.findIndex((p) => p > rate)
  return first < 0 ? ascending.length : first
}
