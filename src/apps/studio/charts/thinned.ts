/** Lines with more points than anybody sees, averaged in groups. */

/** Numbers by place, with null where there is none. */
export type Values = ArrayLike<number | null>

/** As many points as a chart shows well; beyond, groups of two, four, … are drawn, so that few of them ever move. */
const MOST_POINTS = 1500

/** How many neighbors make a point, a power of two. */
export const groupOf = (length: number, most = MOST_POINTS): number =>
  2 ** Math.max(0, Math.ceil(Math.log2(length / most)))

/** Means of groups, over the numbers that there are; null where a group has none. */
export function thinned(values: Values, group: number): (number | null)[] {
  const means: (number | null)[] = []
  for (let start = 0; start < values.length; start += group) {
    let [sum, count] = [0, 0]
    for (let i = start; i < Math.min(values.length, start + group); i++) {
      const value = values[i]
      if (value === null || !Number.isFinite(value)) continue
      sum += value
      count++
    }
    means.push(count === 0 ? null : sum / count)
  }
  return means
}

/** The newest number up to a place. */
export function newest(values: Values, place: number): number | undefined {
  for (let i = Math.min(place, values.length - 1); i >= 0; i--) {
    const value = values[i]
    if (value !== null && Number.isFinite(value)) return value
  }
  return undefined
}
