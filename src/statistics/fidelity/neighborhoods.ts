import { nextTurn } from '../../base/yielding.ts'

/** Points between two turns of the event loop. */
const BLOCK = 64

/** Points [count, size]. @inline */
export interface Points {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
}

/** How made points lie among real ones. */
export interface Neighborhoods {
  /** Share of made points that lie in the neighborhood of a real one: whether what is made is like what is real. */
  readonly precision: number
  /** Share of real points that lie in the neighborhood of a made one: whether all that is real is made. */
  readonly recall: number
  /** Neighborhoods of real points that a made one lies in, over k: 1 where both have one density; may exceed 1. */
  readonly density: number
  /** Share of real points in whose neighborhood a made one lies. */
  readonly coverage: number
}

/**
 * Precision and recall (Kynkäänniemi et al. 2019, eq. 1 and 2), density and coverage (Naeem et al. 2020, eq. 3 and 4). The
 * neighborhood of a point reaches to the k-th nearest other of its own kind.
 *
 * Needs more than k points of each. Throws the signal's reason.
 */
export async function neighborhoods(
  real: Points,
  made: Points,
  k: number,
  signal?: AbortSignal,
): Promise<Neighborhoods> {
  const [realReach, madeReach] = [await reaches(real, k, signal), await reaches(made, k, signal)]
  const [reals, mades] = [realReach.length, madeReach.length]
  const [seen, covered] = [new Uint8Array(mades), new Uint8Array(reals)]
  let inside = 0
  let recalled = 0
  for (let i = 0; i < reals; i++) {
    if (i % BLOCK === 0) await turn(signal)
    let isRecalled = false
    for (let j = 0; j < mades; j++) {
      const distance = squaredDistance(real, i, made, j)
      isRecalled ||= distance <= madeReach[j]
      if (distance > realReach[i]) continue
      inside++
      seen[j] = 1
      covered[i] = 1
    }
    if (isRecalled) recalled++
  }
  return {
    precision: shareOf(seen),
    recall: recalled / reals,
    density: inside / (k * mades),
    coverage: shareOf(covered),
  }
}

const shareOf = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0) / marks.length

async function turn(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await nextTurn()
}

/** The squared distance of each point to its k-th nearest other. */
async function reaches(points: Points, k: number, signal: AbortSignal | undefined): Promise<Float64Array> {
  const [count] = points.shape
  const found = new Float64Array(count)
  const distances = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    if (i % BLOCK === 0) await turn(signal)
    for (let j = 0; j < count; j++) distances[j] = squaredDistance(points, i, points, j)
    distances[i] = Number.POSITIVE_INFINITY
    found[i] = kthLeast(distances, k)
  }
  return found
}

/** The k-th least of some numbers, by k insertions at most of each. */
function kthLeast(numbers: Float64Array, k: number): number {
  const least = new Float64Array(k).fill(Number.POSITIVE_INFINITY)
  for (const x of numbers) {
    let at = k
    while (at > 0 && x < least[at - 1]) at--
    if (at === k) continue
    least.copyWithin(at + 1, at, k - 1)
    least[at] = x
  }
  return least[k - 1]
}

function squaredDistance(a: Points, i: number, b: Points, j: number): number {
  const size = a.shape[1]
  let sum = 0
  for (let d = 0; d < size; d++) sum += (a.data[i * size + d] - b.data[j * size + d]) ** 2
  return sum
}
