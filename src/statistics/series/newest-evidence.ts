/** What speaks against the newest row of a series, by a joint Gaussian of it and of the rows before it. */
import { factorize, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { type NewestRow, newestRow, type TimeGaussian } from './newest-precision.ts'

/** The rows of a series that came last, the oldest first: one fewer than a window has, at most. */
export interface RecentRows {
  /** [rows × width] */
  readonly data: Float64Array
  /** 1 where a number is known and went with what was expected. */
  readonly believed: Uint8Array
  count: number
}

/** What is said of each number of a row [width], until the next is judged. */
export interface NewestEvidence {
  /** Squared distance from what all else that is believed leads to expect, in usual ones; 0 where it is missing. */
  readonly distance: Float64Array
  readonly expected: Float64Array
  /** −log p of the known numbers, one after another, given those before them and the rows before; variances as usual. */
  readonly nats: Float64Array
  /** 1 where the number is known and goes with what is expected. */
  readonly believed: Uint8Array
}

/** From this many usual distances on a number is not believed, and what else is judged is judged without it. */
const ASIDE = 25
/** The middle of the squares of standard normal numbers. */
export const MIDDLE_SQUARE = 0.4549

/** What was set aside is believed after all where it is as near as this to what the rest leads to expect. */
const BACK = 12

/** Judges rows one after another; `usual` is the middle of each number's distances, without which nothing is set aside. */
export function newestJudge(gaussian: TimeGaussian, usual?: ArrayLike<number>) {
  const { width, rows, mean } = gaussian
  const row = newestRow(gaussian)
  const values = new Float64Array(width * rows)
  const gaps = new Uint32Array(width * rows)
  const found: NewestEvidence = {
    ...{ distance: new Float64Array(width), expected: new Float64Array(width) },
    ...{ nats: new Float64Array(width), believed: new Uint8Array(width) },
  }
  const left = leftOver(width)
  // The Gaussian is of those windows that lie closest, and so too narrow.
  const spread = Float64Array.from(
    { length: width },
    (_, at) => (usual?.[at] || MIDDLE_SQUARE) / MIDDLE_SQUARE,
  )
  return (recent: RecentRows, data: ArrayLike<number>, known: ArrayLike<number>): NewestEvidence => {
    const first = recent.count * width
    let gapCount = 0
    for (let at = 0; at < first; at++) {
      values[at] = recent.believed[at] === 1 ? recent.data[at] - mean[at] : 0
      if (recent.believed[at] === 0) gaps[gapCount++] = at
    }
    for (let at = 0; at < width; at++) values[first + at] = known[at] === 1 ? data[at] - mean[first + at] : 0
    const given = row({ values, count: first + width, gaps, gapCount })
    left.begin(given)
    for (let at = 0; at < width; at++) if (known[at] !== 1) left.leaveOut(at)
    left.nats(spread, found.nats)
    for (let worst = usual ? left.worst(usual) : -1; worst >= 0; worst = left.worst(usual ?? []))
      left.leaveOut(worst)
    left.tell(given, found)
    for (let at = 0; at < width; at++) {
      found.distance[at] = known[at] === 1 ? found.distance[at] / (usual?.[at] || 1) : 0
      found.expected[at] += mean[first + at] + values[first + at]
      found.believed[at] = known[at] === 1 && (left.isIn(at) || found.distance[at] <= BACK) ? 1 : 0
    }
    return found
  }
}

/** Takes a row in as the newest of those that came last. */
export function takeIn(
  recent: RecentRows,
  most: number,
  data: ArrayLike<number>,
  believed: ArrayLike<number>,
): void {
  const width = data.length
  if (recent.count === most) {
    recent.data.copyWithin(0, width, most * width)
    recent.believed.copyWithin(0, width, most * width)
  } else recent.count++
  for (let at = 0, to = (recent.count - 1) * width; at < width; at++, to++) {
    recent.data[to] = data[at]
    recent.believed[to] = believed[at]
  }
}

/** A row some of whose numbers have been left out, so that what is said of the rest is said without them. */
function leftOver(width: number) {
  const pull = new Float64Array(width)
  const precision = new Float64Array(width * width)
  const isOut = new Uint8Array(width)
  return {
    isIn: (at: number) => isOut[at] === 0,
    begin(given: NewestRow) {
      pull.set(given.pull)
      precision.set(given.precision)
      isOut.fill(0)
    },
    /** Marginalizes a number out. */
    leaveOut(at: number) {
      isOut[at] = 1
      const own = precision[at * width + at]
      for (let b = 0; b < width; b++) {
        if (isOut[b] === 1) continue
        const share = precision[b * width + at] / own
        pull[b] -= share * pull[at]
        for (let c = 0; c < width; c++)
          if (isOut[c] === 0) precision[b * width + c] -= share * precision[at * width + c]
      }
    },
    /** The number that is furthest off and not to be believed; −1 where all are. */
    worst(usual: ArrayLike<number>): number {
      let [worst, most] = [-1, ASIDE]
      for (let at = 0; at < width; at++) {
        if (isOut[at] === 1) continue
        const off = pull[at] ** 2 / precision[at * width + at] / (usual[at] || 1)
        if (off > most) [worst, most] = [at, off]
      }
      return worst
    },
    nats(spread: Float64Array, out: Float64Array) {
      out.fill(0)
      const places = [...isOut.keys()].filter((at) => isOut[at] === 0)
      const factor = partOf(precision, width, places)
      factorize(factor, places.length)
      const own = Float64Array.from(places, (at) => pull[at])
      solveLower(factor, places.length, own)
      for (const [k, at] of places.entries())
        out[at] =
          (own[k] ** 2 / spread[at] + LOG_TWO_PI + Math.log(spread[at])) / 2 -
          Math.log(factor[k * places.length + k])
    },
    /** Distances of all numbers by those that are left, in variances, and how far what is expected lies from each. */
    tell(given: NewestRow, { distance, expected }: Pick<NewestEvidence, 'distance' | 'expected'>) {
      for (let at = 0; at < width; at++) {
        const move = pull[at] / precision[at * width + at]
        distance[at] = move * pull[at]
        expected[at] = -move
      }
      const out = [...isOut.keys()].filter((at) => isOut[at] === 1)
      if (out.length === 0) return
      const factor = partOf(given.precision, width, out)
      factorize(factor, out.length)
      const off = Float64Array.from(out, (at) => given.pull[at])
      solveLower(factor, out.length, off)
      solveLowerTransposed(factor, out.length, off)
      for (const [k, at] of out.entries()) {
        const unit = new Float64Array(out.length)
        unit[k] = 1
        solveLower(factor, out.length, unit)
        const variance = unit.reduce((sum, x) => sum + x * x, 0)
        distance[at] = off[k] ** 2 / variance
        expected[at] = -off[k]
      }
    },
  }
}

function partOf(matrix: Float64Array, width: number, places: readonly number[]): Float64Array {
  const own = new Float64Array(places.length ** 2)
  for (const [a, i] of places.entries())
    for (const [b, j] of places.entries()) own[a * places.length + b] = matrix[i * width + j]
  return own
}
