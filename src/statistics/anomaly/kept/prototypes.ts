/** Rows that a prototype stands for at least: it is their mean, and none of them is kept. */
const TOGETHER = 3
/** Prototypes whose distances are averaged. */
export const NEAREST = 3
/** Numbers of all prototypes together, at most. */
const MOST_NUMBERS = 60_000
const MOST_PROTOTYPES = 400

/** Rows that prototypes are made of, at most: those of more are spread evenly. */
export const MOST_SUMMARIZED = MOST_PROTOTYPES * TOGETHER

/**
 * Means of groups of rows that lie near each other, three or more in each: the row farthest from the middle and those
 * nearest to it, then the same of the rest. Domingo-Ferrer & Mateo-Sanz 2002 (MDAV), one side at a time.
 *
 * Rows [count × width] in, prototypes [k × width] out.
 */
export function prototypesOf(data: Float64Array, width: number): Float32Array {
  const count = data.length / width
  const most = Math.max(1, Math.min(MOST_PROTOTYPES, Math.floor(MOST_NUMBERS / width)))
  const together = Math.max(TOGETHER, Math.ceil(count / most))
  const mean = new Float64Array(width)
  for (let at = 0; at < data.length; at++) mean[at % width] += data[at] / count
  const far = Float64Array.from({ length: count }, (_, row) => squared(data, row * width, mean, 0, width))
  let left = Uint32Array.from(far.keys()).sort((a, b) => far[b] - far[a] || a - b)
  const groups: Uint32Array[] = []
  while (left.length >= 2 * together) {
    const distances = Float64Array.from(left, (row) =>
      squared(data, row * width, data, left[0] * width, width),
    )
    const nearest = Uint32Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b)
    const chosen = new Set(nearest.subarray(0, together))
    groups.push(left.filter((_, place) => chosen.has(place)))
    left = left.filter((_, place) => !chosen.has(place))
  }
  groups.push(left)
  const out = new Float32Array(groups.length * width)
  for (const [group, rows] of groups.entries())
    for (let at = 0; at < width; at++) {
      let sum = 0
      for (const row of rows) sum += data[row * width + at]
      out[group * width + at] = sum / rows.length
    }
  return out
}

/** Numbers between two looks at whether a prototype can still be among the nearest. */
const STRIDE = 8
/** Prototypes that are looked at together: four sums, none of which waits for another. */
const ABREAST = 4

/** The mean distance of a row to the three nearest prototypes. */
export function distanceToPrototypes(prototypes: Float32Array, width: number): (row: Float64Array) => number {
  const abreast = inFours(prototypes, width)
  const nearest = new Float64Array(Math.min(NEAREST, prototypes.length / width))
  const last = nearest.length - 1
  const take = (sum: number) => {
    if (sum >= nearest[last]) return
    let place = last
    for (; place > 0 && nearest[place - 1] > sum; place--) nearest[place] = nearest[place - 1]
    nearest[place] = sum
  }
  return (row) => {
    nearest.fill(Number.POSITIVE_INFINITY)
    // The last prototypes are of the middle, near which most rows lie: of the others little need be looked at.
    for (let from = abreast.length - ABREAST * width; from >= 0; from -= ABREAST * width) {
      const most = nearest[last]
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      for (let at = 0, place = from; at < width; ) {
        const end = Math.min(at + STRIDE, width)
        for (; at < end; at++, place += ABREAST) {
          const x = row[at]
          const ofA = x - abreast[place]
          const ofB = x - abreast[place + 1]
          const ofC = x - abreast[place + 2]
          const ofD = x - abreast[place + 3]
          a += ofA * ofA
          b += ofB * ofB
          c += ofC * ofC
          d += ofD * ofD
        }
        if (a >= most && b >= most && c >= most && d >= most) break
      }
      take(a)
      take(b)
      take(c)
      take(d)
    }
    let mean = 0
    for (const squares of nearest) mean += Math.sqrt(squares) / nearest.length
    return mean
  }
}

/** Four prototypes at a time, number by number; what is left of the last four lies infinitely far. */
function inFours(prototypes: Float32Array, width: number): Float64Array {
  const count = prototypes.length / width
  const out = new Float64Array(Math.ceil(count / ABREAST) * ABREAST * width).fill(Number.POSITIVE_INFINITY)
  for (let own = 0; own < count; own++)
    for (let at = 0; at < width; at++)
      out[(own - (own % ABREAST)) * width + at * ABREAST + (own % ABREAST)] = prototypes[own * width + at]
  return out
}

function squared(a: Float64Array, ofA: number, b: Float64Array, ofB: number, width: number): number {
  let sum = 0
  for (let at = 0; at < width; at++) sum += (a[ofA + at] - b[ofB + at]) ** 2
  return sum
}
