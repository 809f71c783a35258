/** k-means++ and a few rounds of k-means: where the components of a mixture begin. */

/** Rows of numbers in units in which distances mean something [count × size]. */
export interface UnitRows {
  readonly count: number
  readonly size: number
  readonly numbers: Float64Array
}

const ROUNDS = 10

function distance({ numbers, size }: UnitRows, row: number, center: Float64Array): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += (numbers[row * size + i] - center[i]) ** 2
  return sum
}

/** Rows drawn with chances as the squares of their distances from those before, one for each uniform number. Arthur & Vassilvitskii 2007. */
export function farCenters(rows: UnitRows, uniform: Float32Array): Float64Array[] {
  const nearest = new Float64Array(rows.count).fill(1)
  const centers: Float64Array[] = []
  for (const chance of uniform) {
    let left = chance * nearest.reduce((sum, own) => sum + own, 0)
    let chosen = rows.count - 1
    for (let row = 0; row < rows.count; row++) {
      left -= nearest[row]
      if (left < 0) {
        chosen = row
        break
      }
    }
    const center = rows.numbers.slice(chosen * rows.size, (chosen + 1) * rows.size)
    for (let row = 0; row < rows.count; row++) {
      const own = distance(rows, row, center)
      nearest[row] = centers.length === 0 ? own : Math.min(nearest[row], own)
    }
    centers.push(center)
  }
  return centers
}

/** The place of the center that each row is nearest to, after a few rounds in which centers move to the means of theirs. */
export function nearestCenters(rows: UnitRows, centers: readonly Float64Array[]): Int32Array {
  const places = new Int32Array(rows.count)
  let current = centers
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 0; row < rows.count; row++) {
      let least = Number.POSITIVE_INFINITY
      for (const [place, center] of current.entries()) {
        const own = distance(rows, row, center)
        if (own < least) [least, places[row]] = [own, place]
      }
    }
    current = meansOf(rows, places, centers.length)
  }
  return places
}

/** Means of the rows of each place; of none, the mean of all. */
export function meansOf(
  { numbers, count, size }: UnitRows,
  places: Int32Array,
  wanted: number,
): Float64Array[] {
  const sums = Array.from({ length: wanted }, () => new Float64Array(size))
  const all = new Float64Array(size)
  const sizes = new Float64Array(wanted)
  for (let row = 0; row < count; row++) {
    sizes[places[row]]++
    for (let i = 0; i < size; i++) {
      sums[places[row]][i] += numbers[row * size + i]
      all[i] += numbers[row * size + i]
    }
  }
  return sums.map((sum, place) =>
    sizes[place] > 0 ? sum.map((x) => x / sizes[place]) : all.map((x) => x / count),
  )
}
