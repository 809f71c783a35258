/** At most `most` of the places 0 … count−1, evenly: files are often in order, and their first rows like no others. */
export const spreadEvenly = (count: number, most: number): Uint32Array =>
  Uint32Array.from({ length: Math.min(count, most) }, (_, i) => Math.floor(i * Math.max(count / most, 1)))
