/** What speaks against each number of a series, by a joint Gaussian of the numbers in a window of its rows. */
import { factorize, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import { timesVector } from '../../base/math/precision.ts'

/** Rows of several numbers, one after another: the numbers of row t begin at t · width; what is not known is 0 in both. */
export interface SeriesNumbers {
  readonly width: number
  readonly data: Float64Array
  readonly known: Uint8Array
}

/** A Gaussian of windows of so many rows, whose numbers lie by column: its oldest row first. */
export interface WindowGaussian {
  readonly width: number
  readonly rows: number
  readonly mean: Float64Array
  /** The inverse of the covariance [width · rows]². */
  readonly precision: Float64Array
}

/** What is said of each number of a series [rows × width]. */
export interface SeriesEvidence {
  /** Squared distance from what all else in its windows leads to expect, in variances, averaged over the windows that hold it. */
  readonly distance: Float64Array
  /** The same where each number is judged by itself, also those that are set aside together. */
  readonly single: Float64Array
  /** What is expected in its place, averaged likewise; of what is not known, too. */
  readonly expected: Float64Array
}

/** What a number is while its series is judged. */
const JUDGED = 0
const SET_ASIDE = 1
const MISSING = 2

/** Numbers that are set aside are judged by what is left; the greatest go first, so that they do not blame others. */
const ASIDE = [200, 100, 50, 25, 16, 12]
/** What was set aside stays so while it is further off than this. */
const BACK = 6
/** Rounds at the end in which what lies beside a fault comes back. */
const LAST_ROUNDS = 4

/**
 * What speaks against each number. What stands out most in its row is set aside, with whatever else does as much, and all
 * is judged anew without it, in rounds: else a wrong number would blame those that depend on it, and those before and
 * after. Numbers of a column that are set aside in one window are judged together. `usual` is the middle of each column's
 * distances [width]; the distances that are given are in these.
 */
export function cleanedEvidence(
  gaussian: WindowGaussian,
  series: SeriesNumbers,
  usual: ArrayLike<number>,
  stride = 1,
): SeriesEvidence {
  const { width, known } = series
  const count = known.length
  const judge = judgeOf(gaussian, series, stride)
  const aside = known.map((isKnown) => (isKnown === 1 ? JUDGED : MISSING))
  const found = judge.all(aside)
  const scaled = (at: number) => found.distance[at] / usual[at % width]
  /** Whether a number is at an end of what is set aside and is as usual by itself: what lies beside a fault is none. */
  const isBeside = (at: number) =>
    (aside[at - width] !== SET_ASIDE || aside[at + width] !== SET_ASIDE) &&
    found.single[at] / usual[at % width] <= BACK
  const isBack = (at: number) => scaled(at) <= BACK || isBeside(at)
  const setAside = () => {
    const changed = new Set<number>()
    const put = (at: number, value: number) => {
      if (aside[at] === value) return
      aside[at] = value
      changed.add(Math.floor(at / width))
    }
    return { changed, put }
  }
  for (const limit of ASIDE) {
    const { changed, put } = setAside()
    const returned: number[] = []
    for (let row = 0; row < count; row += width) {
      let worst = -1
      for (let at = row; at < row + width; at++) {
        if (aside[at] === SET_ASIDE && isBack(at)) returned.push(at)
        if (aside[at] === JUDGED && scaled(at) > limit && !(worst >= 0 && scaled(worst) >= scaled(at)))
          worst = at
      }
      if (worst >= 0) put(worst, SET_ASIDE)
    }
    for (const at of returned) put(at, JUDGED)
    judge.again(aside, changed, found)
  }
  for (let round = 0; round < LAST_ROUNDS; round++) {
    const { changed, put } = setAside()
    const returned = [...aside.keys()].filter((at) => aside[at] === SET_ASIDE && isBack(at))
    if (returned.length === 0) break
    for (const at of returned) put(at, JUDGED)
    judge.again(aside, changed, found)
  }
  const { changed, put } = setAside()
  for (const at of between(aside, width)) put(at, SET_ASIDE)
  judge.again(aside, changed, found)
  const inUsual = (all: Float64Array) => all.map((own, at) => own / usual[at % width])
  return { distance: inUsual(found.distance), single: inUsual(found.single), expected: found.expected }
}

/** Rows between two that are set aside in a column, of so many at most, belong to the same fault. */
const BETWEEN = 4

/** What lies between numbers of a column that are set aside: a fault may meet what is expected for a while. */
function between(aside: Uint8Array, width: number): number[] {
  const found: number[] = []
  for (let column = 0; column < width; column++) {
    let last = Number.NEGATIVE_INFINITY
    for (let at = column; at < aside.length; at += width) {
      if (aside[at] !== SET_ASIDE) continue
      const rows = (at - last) / width - 1
      if (rows <= BETWEEN)
        for (let own = last + width; own < at; own += width) if (aside[own] === JUDGED) found.push(own)
      last = at
    }
  }
  return found
}

/** The same with nothing set aside and in variances, which tells what is usual. */
export const plainEvidence = (gaussian: WindowGaussian, series: SeriesNumbers, stride = 1): SeriesEvidence =>
  judgeOf(gaussian, series, stride).all(series.known.map((isKnown) => (isKnown === 1 ? JUDGED : MISSING)))

/** First rows of all windows of a series: one every `stride` rows, and one that ends with the last row. */
function windowStarts(count: number, rows: number, stride: number): Uint32Array {
  const last = count - rows
  const starts = Array.from({ length: Math.floor(last / stride) + 1 }, (_, at) => at * stride)
  return Uint32Array.from(last % stride === 0 ? starts : [...starts, last])
}

const FINDINGS = ['distance', 'single', 'expected'] as const

const empty = (count: number): SeriesEvidence => ({
  distance: new Float64Array(count),
  single: new Float64Array(count),
  expected: new Float64Array(count),
})

function judgeOf(gaussian: WindowGaussian, series: SeriesNumbers, stride: number) {
  const { width, rows } = gaussian
  const count = series.data.length / width
  const starts = windowStarts(count, rows, stride)
  const window = oneWindow(gaussian, series)
  const sums = {
    ...empty(series.data.length),
    windows: new Uint32Array(count),
  }
  /** Judges rows from the one to before the other by all windows that hold them. */
  const stretch = (from: number, to: number, aside: Uint8Array, found: SeriesEvidence) => {
    for (const name of FINDINGS) sums[name].fill(0, from * width, to * width)
    sums.windows.fill(0, from, to)
    for (const start of starts) {
      if (start + rows <= from) continue
      if (start >= to) break
      window(start, aside)
      const { own, alone, center } = window
      for (let row = Math.max(start, from); row < Math.min(start + rows, to); row++) {
        sums.windows[row]++
        for (let column = 0; column < width; column++) {
          const [at, to] = [column * rows + row - start, row * width + column]
          sums.distance[to] += own[at]
          sums.single[to] += alone[at]
          sums.expected[to] += center[at]
        }
      }
    }
    for (let at = from * width; at < to * width; at++) {
      const windows = Math.max(sums.windows[Math.floor(at / width)], 1)
      for (const name of FINDINGS) found[name][at] = sums[name][at] / windows
    }
  }
  return {
    all(aside: Uint8Array): SeriesEvidence {
      const found = empty(series.data.length)
      stretch(0, count, aside, found)
      return found
    },
    /** Judges again whatever shares a window with a row that has changed. */
    again(aside: Uint8Array, changed: ReadonlySet<number>, found: SeriesEvidence): void {
      let [from, to] = [0, 0]
      for (const row of [...changed].sort((a, b) => a - b)) {
        if (row - rows + 1 > to) {
          stretch(from, to, aside, found)
          from = Math.max(0, row - rows + 1)
        }
        to = Math.min(count, row + rows)
      }
      stretch(from, to, aside, found)
    },
  }
}

/** Judges one window, whose findings lie in `own`, `alone` and `center`, by column, until the next is judged. */
function oneWindow({ width, rows, mean, precision }: WindowGaussian, { data }: SeriesNumbers) {
  const size = width * rows
  const residual = new Float64Array(size)
  const pull = new Float64Array(size)
  const own = new Float64Array(size)
  const alone = new Float64Array(size)
  const center = new Float64Array(size)
  const without = new Float64Array(size)
  const gaps = new Uint32Array(size)
  const isMissing = new Uint8Array(size)
  const judge = (start: number, aside: Uint8Array) => {
    let count = 0
    for (let column = 0, at = 0; column < width; column++)
      for (let row = 0; row < rows; row++, at++) {
        const from = (start + row) * width + column
        residual[at] = data[from] - mean[at]
        if (aside[from] === JUDGED) continue
        isMissing[count] = aside[from] === MISSING ? 1 : 0
        gaps[count++] = at
      }
    timesVector(precision, residual, pull)
    if (count === 0) {
      for (let at = 0; at < size; at++) {
        const move = pull[at] / precision[at * size + at]
        own[at] = alone[at] = move * pull[at]
        center[at] = mean[at] + residual[at] - move
      }
      return
    }
    for (let at = 0; at < size; at++) without[at] = precision[at * size + at]
    const moves = marginalized(precision, size, gaps.subarray(0, count), pull, without)
    for (let at = 0; at < size; at++) {
      const move = without[at] > 1e-9 ? pull[at] / without[at] : 0
      own[at] = alone[at] = move * pull[at]
      center[at] = mean[at] + residual[at] - move
    }
    for (let gap = 0; gap < count; gap++) {
      own[gaps[gap]] = 0
      alone[gaps[gap]] = isMissing[gap] === 1 ? 0 : moves.off[gap] ** 2 / moves.covariance[gap * count + gap]
      center[gaps[gap]] = mean[gaps[gap]] + residual[gaps[gap]] - moves.off[gap]
    }
    together(gaps.subarray(0, count), isMissing, moves, rows, own)
  }
  return Object.assign(judge, { own, alone, center })
}

/** What was set aside, judged by what was not. */
interface Moves {
  /** How far each is from what the rest leads to expect. */
  readonly off: Float64Array
  /** The covariance of these, given the rest [gaps × gaps]. */
  readonly covariance: Float64Array
}

/** Takes what is set aside out of the pulls and precisions of the rest. */
function marginalized(
  precision: Float64Array,
  size: number,
  gaps: Uint32Array,
  pull: Float64Array,
  without: Float64Array,
): Moves {
  const count = gaps.length
  const factor = new Float64Array(count * count)
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) factor[a * count + b] = precision[gaps[a] * size + gaps[b]]
  factorize(factor, count)
  const off = Float64Array.from(gaps, (gap) => pull[gap])
  solveLower(factor, count, off)
  const solved = new Float64Array(count)
  for (let at = 0; at < size; at++) {
    for (let a = 0; a < count; a++) solved[a] = precision[gaps[a] * size + at]
    solveLower(factor, count, solved)
    let [squares, product] = [0, 0]
    for (let a = 0; a < count; a++) {
      squares += solved[a] ** 2
      product += solved[a] * off[a]
    }
    without[at] -= squares
    pull[at] -= product
  }
  solveLowerTransposed(factor, count, off)
  const covariance = new Float64Array(count * count)
  for (let a = 0; a < count; a++) {
    const unit = covariance.subarray(a * count, (a + 1) * count)
    unit[a] = 1
    solveLower(factor, count, unit)
    solveLowerTransposed(factor, count, unit)
  }
  return { off, covariance }
}

/** Gives the numbers of a column that are set aside what they are off together, each an equal share. */
function together(
  gaps: Uint32Array,
  isMissing: Uint8Array,
  { off, covariance }: Moves,
  rows: number,
  own: Float64Array,
): void {
  const places = [...gaps.keys()].filter((gap) => isMissing[gap] === 0)
  for (let from = 0, to = 0; from < places.length; from = to) {
    const column = Math.floor(gaps[places[from]] / rows)
    while (to < places.length && Math.floor(gaps[places[to]] / rows) === column) to++
    const some = places.slice(from, to)
    const count = some.length
    const factor = new Float64Array(count * count)
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) factor[a * count + b] = covariance[some[a] * gaps.length + some[b]]
    factorize(factor, count)
    const solved = Float64Array.from(some, (gap) => off[gap])
    solveLower(factor, count, solved)
    const share = solved.reduce((sum, x) => sum + x * x, 0) / count
    for (const gap of some) own[gaps[gap]] = share
  }
}
