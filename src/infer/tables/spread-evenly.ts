/** At most `most` of the places 0 … count−1, evenly: files are often in order, and their first rows like no others. */
export const spreadEvenly = (count: number, most: number): Uint32Array =>
  Uint32Array.from({ length: Math.min(count, most) }, (_, i) => Math.floor(i * Math.max(count / most, 1)))

/** Rows that are read together, where more are looked at than should be in memory at once. */
const TOGETHER = 2048

/** The same places, some at a time. */
export function* someAtATime(places: Uint32Array): Generator<Uint32Array> {
  for (let from = 0; from < places.length; from += TOGETHER) yield places.subarray(from, from + TOGETHER)
}
