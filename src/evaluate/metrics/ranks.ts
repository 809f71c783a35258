/** Ranks from 1, in the order of the rows; equal values share the mean of their ranks. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const ranks = new Float64Array(values.length)
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    // Ranks from + 1 to `to`.
    for (let i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2
  }
  return ranks
}
