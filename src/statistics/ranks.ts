/** Rows by ascending value; of all of them where none are named. */
export const orderOf = (
  values: Float64Array,
  rows: Uint32Array = Uint32Array.from(values.keys()),
): Uint32Array => rows.toSorted((a, b) => values[a] - values[b])

/** Ranks from 1, in the order of the rows; equal values share the mean of their ranks, rows without order have 0. */
export function ranksOf(values: Float64Array, order = orderOf(values)): Float64Array {
  const ranks = new Float64Array(values.length)
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    // Ranks from + 1 to `to`.
    for (let i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2
  }
  return ranks
}

/** Ranks less their mean, of length 1, so that Spearman's ρ is an inner product; all 0 for a constant. */
export function standardRanks(values: Float64Array, order = orderOf(values)): Float64Array {
  const ranks = ranksOf(values, order)
  // Ranks with ties shared always have this mean.
  const mean = (order.length + 1) / 2
  let squares = 0
  for (const row of order) {
    ranks[row] -= mean
    squares += ranks[row] ** 2
  }
  const length = Math.sqrt(squares)
  if (length > 0) for (const row of order) ranks[row] /= length
  return ranks
}
