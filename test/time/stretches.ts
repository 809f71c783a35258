/** Stretches of a series in the order of how odd they are. */

/** A row, and those next to it that are a quarter as odd or more. */
export interface Stretch {
  readonly row: number
  readonly from: number
  readonly to: number
}

export function oddStretches(scores: ArrayLike<number>, most: number): Stretch[] {
  const left = Float64Array.from(scores)
  const found: Stretch[] = []
  while (found.length < most) {
    const row = left.reduce((best, score, at) => (score > left[best] ? at : best), 0)
    const isPart = (at: number) => at >= 0 && at < left.length && left[at] >= left[row] / 4
    let [from, to] = [row, row + 1]
    while (isPart(from - 1)) from--
    while (isPart(to)) to++
    found.push({ row, from, to })
    left.fill(-1, from, to)
  }
  return found
}
