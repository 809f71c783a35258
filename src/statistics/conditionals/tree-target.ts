import type { Variable } from './variable.ts'

/** What a tree is to tell, and how well a cut of rows tells it. */
export interface TreeTarget {
  readonly codes: Int16Array
  isPure(rows: Int32Array): boolean
  /** The best place to cut rows that are sorted by ranks: between two ranks, with `least` rows on either side. */
  bestCut(
    sorted: Int32Array,
    ranks: Int16Array,
    least: number,
  ): { readonly gain: number; readonly after: number }
  /** Numbers by which the levels of a feature are put in order [size]. */
  scores(codes: Int16Array, size: number, rows: Int32Array): Float64Array
}

/** A code of an ordered column that holds more than this share of the rows is a class of its own. */
const COMMON = 0.05
/** Share of the rows that a class of neighboring codes holds. */
const CLASS = 0.1
/** Classes of levels at most; the rarest share one. */
const MOST_CLASSES = 48

/** The class of each code: levels themselves; of an ordered column what lies together. */
function classesOf({ size, isOrdered }: Variable, counts: Float64Array, rows: number): Int16Array {
  const classes = new Int16Array(size)
  if (isOrdered) {
    let next = 0
    let held = 0
    for (let code = 0; code < size; code++) {
      const isCommon = counts[code] > COMMON * rows
      if (held > 0 && (isCommon || held >= CLASS * rows)) {
        next++
        held = 0
      }
      classes[code] = next
      held += counts[code]
      if (isCommon) {
        next++
        held = 0
      }
    }
    return classes
  }
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a])
  for (const [rank, code] of order.entries()) classes[code] = Math.min(rank, MOST_CLASSES - 1)
  return classes
}

export function targetOf(target: Variable, rows: Int32Array): TreeTarget {
  const counts = new Float64Array(target.size)
  for (const row of rows) counts[target.codes[row]]++
  const classOf = classesOf(target, counts, rows.length)
  const number = classOf.reduce((most, own) => Math.max(most, own), 0) + 1
  const classes = target.codes.map((code) => (code < 0 ? -1 : classOf[code]))
  const places = target.isOrdered ? placesOf(target, counts, rows.length) : undefined
  const total = impurity(rows, classes, places, number)
  return {
    codes: target.codes,
    isPure: (own) => own.every((row) => target.codes[row] === target.codes[own[0]]),
    bestCut: (sorted, ranks, least) => bestCut({ sorted, ranks, least, classes, places, number, total }),
    scores: (codes, size, own) =>
      places ? meansBy(codes, size, own, places) : firstAxis(codes, size, own, classes, number),
  }
}

/** The middle of each row's code among all, from 0 to 1 [rows]. */
function placesOf({ codes, size }: Variable, counts: Float64Array, rows: number): Float64Array {
  const middles = new Float64Array(size)
  let before = 0
  for (let code = 0; code < size; code++) {
    middles[code] = (before + counts[code] / 2) / rows
    before += counts[code]
  }
  return Float64Array.from(codes, (code) => (code < 0 ? 0 : middles[code]))
}

interface Impurity {
  readonly gini: number
  readonly squares: number
}

/** Σ (1 − share) over rows by classes, and the sum of squares of their places around the mean. */
function impurity(
  rows: Int32Array,
  classes: Int16Array,
  places: Float64Array | undefined,
  number: number,
): Impurity {
  const counts = new Float64Array(number)
  let sum = 0
  let squares = 0
  for (const row of rows) {
    counts[classes[row]]++
    if (places) {
      sum += places[row]
      squares += places[row] ** 2
    }
  }
  const same = counts.reduce((total, count) => total + count ** 2, 0)
  return { gini: rows.length - same / rows.length, squares: squares - sum ** 2 / rows.length }
}

interface Cutting {
  readonly sorted: Int32Array
  readonly ranks: Int16Array
  readonly least: number
  readonly classes: Int16Array
  readonly places: Float64Array | undefined
  readonly number: number
  readonly total: Impurity
}

function bestCut({ sorted, ranks, least, classes, places, number, total }: Cutting) {
  const size = sorted.length
  const left = new Float64Array(number)
  const right = new Float64Array(number)
  let sum = 0
  for (const row of sorted) {
    right[classes[row]]++
    if (places) sum += places[row]
  }
  const all = right.reduce((same, count) => same + count ** 2, 0)
  let sameLeft = 0
  let sameRight = all
  let sumLeft = 0
  let best = { gain: 0, after: 0 }
  for (let at = 1; at <= size - least; at++) {
    const row = sorted[at - 1]
    const own = classes[row]
    sameLeft += 2 * left[own]++ + 1
    sameRight -= 2 * right[own]-- - 1
    if (places) sumLeft += places[row]
    if (at < least || ranks[row] === ranks[sorted[at]]) continue
    const agreed = sameLeft / at + sameRight / (size - at) - all / size
    let gain = total.gini > 0 ? agreed / total.gini : 0
    if (places && total.squares > 0)
      gain += (sumLeft ** 2 / at + (sum - sumLeft) ** 2 / (size - at) - sum ** 2 / size) / total.squares
    if (gain > best.gain) best = { gain, after: at }
  }
  return best
}

/** Mean place of the target in each level of a feature. */
function meansBy(codes: Int16Array, size: number, rows: Int32Array, places: Float64Array): Float64Array {
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  for (const row of rows)
    if (codes[row] >= 0) {
      sums[codes[row]] += places[row]
      counts[codes[row]]++
    }
  return sums.map((sum, level) => (counts[level] > 0 ? sum / counts[level] : 0.5))
}

const TURNS = 12

/** Where each level of a feature lies on the axis on which the target's classes differ most: correspondence analysis. */
function firstAxis(
  codes: Int16Array,
  size: number,
  rows: Int32Array,
  classes: Int16Array,
  number: number,
): Float64Array {
  const table = new Float64Array(size * number)
  const levels = new Float64Array(size)
  const usual = new Float64Array(number)
  for (const row of rows) {
    usual[classes[row]] += 1 / rows.length
    if (codes[row] < 0) continue
    table[codes[row] * number + classes[row]]++
    levels[codes[row]]++
  }
  for (let level = 0; level < size; level++)
    for (let own = 0; own < number; own++)
      table[level * number + own] =
        levels[level] > 0 ? table[level * number + own] / levels[level] - usual[own] : 0
  const axis = Float64Array.from(usual, (share, own) => share + 1e-3 * own)
  const scores = new Float64Array(size)
  for (let turn = 0; turn < TURNS; turn++) {
    for (let level = 0; level < size; level++) {
      scores[level] = 0
      for (let own = 0; own < number; own++) scores[level] += table[level * number + own] * axis[own]
    }
    axis.fill(0)
    for (let level = 0; level < size; level++)
      for (let own = 0; own < number; own++)
        axis[own] += levels[level] * scores[level] * table[level * number + own]
    const length = Math.sqrt(axis.reduce((sum, x) => sum + x * x, 0))
    if (length === 0) break
    for (let own = 0; own < number; own++) axis[own] /= length
  }
  return scores
}
