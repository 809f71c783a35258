/** Those of encoded rows [n × width] that stand at these places. */
export function takenRows(rows: Float32Array, width: number, places: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(places.length * width)
  for (let at = 0; at < places.length; at++)
    taken.set(rows.subarray(places[at] * width, (places[at] + 1) * width), at * width)
  return taken
}
