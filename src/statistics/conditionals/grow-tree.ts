/** Trees that tell how a column is spread, given others. Breiman et al. 1984; their leaves as Reiter 2005 draws from them. */
import { type TreeTarget, targetOf } from './tree-target.ts'
import type { Variable } from './variable.ts'

export interface TreeOptions {
  /** Rows of a leaf at least. */
  readonly least: number
}

/**
 * A tree as float32 numbers. A node is [feature + 1, threshold, place of the right child], before its left child and that
 * before the right one; a leaf is [0, codes, rows, …code, rows with it]. Before the nodes stands how levels are ordered:
 * [place of the first node, …for each feature: levels, …their ranks], 0 levels where codes are in order themselves.
 *
 * Rows in which the target is missing are left out.
 */
export function growTree(
  target: Variable,
  features: readonly Variable[],
  options: TreeOptions,
): Float32Array {
  const rows = Int32Array.from(target.codes.keys()).filter((row) => target.codes[row] >= 0)
  const aim = targetOf(target, rows)
  const ranks = features.map((feature) => (feature.isOrdered ? undefined : levelRanks(feature, aim, rows)))
  const head = [0, ...ranks.flatMap((own) => (own ? [own.length, ...own] : [0]))]
  head[0] = head.length
  const nodes: number[] = []
  const seen = features.map(({ codes }, at) => {
    const own = ranks[at]
    return own ? codes.map((code) => (code < 0 ? -1 : own[code])) : codes
  })
  grow(
    { aim, seen, sizes: features.map(({ size }) => size), nodes, options, rows, spare: rows.slice() },
    0,
    rows.length,
  )
  return Float32Array.from([...head, ...nodes])
}

interface Growing {
  readonly aim: TreeTarget
  /** Ranks of every feature [features][rows]. */
  readonly seen: readonly Int16Array[]
  readonly sizes: readonly number[]
  readonly nodes: number[]
  readonly options: TreeOptions
  readonly rows: Int32Array
  readonly spare: Int32Array
}

/** Ranks of a feature's levels by what the target is like in them [levels]. */
function levelRanks({ codes, size }: Variable, aim: TreeTarget, rows: Int32Array): number[] {
  const scores = aim.scores(codes, size, rows)
  const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b])
  const ranks = new Array<number>(size)
  for (const [rank, level] of order.entries()) ranks[level] = rank
  return ranks
}

function grow(growing: Growing, from: number, to: number): void {
  const { nodes, options } = growing
  const split = to - from >= 2 * options.least ? bestSplit(growing, from, to) : undefined
  if (!split) {
    addLeaf(growing, from, to)
    return
  }
  const at = nodes.length
  nodes.push(split.feature + 1, split.threshold, 0)
  const middle = partition(growing, from, to, split)
  grow(growing, from, middle)
  nodes[at + 2] = nodes.length
  grow(growing, middle, to)
}

function addLeaf({ nodes, rows, aim }: Growing, from: number, to: number): void {
  const counts = new Map<number, number>()
  for (let at = from; at < to; at++) {
    const code = aim.codes[rows[at]]
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a], [b]) => a - b)
  nodes.push(0, sorted.length, to - from, ...sorted.flat())
}

interface Split {
  readonly feature: number
  readonly threshold: number
}

/** Gains below this are what rounding leaves. */
const NO_GAIN = 1e-9

function bestSplit(growing: Growing, from: number, to: number): Split | undefined {
  const { aim, seen, sizes, options, rows } = growing
  const own = rows.subarray(from, to)
  if (aim.isPure(own)) return undefined
  let best: Split | undefined
  let most = NO_GAIN
  for (let feature = 0; feature < seen.length; feature++) {
    const ranks = seen[feature]
    const sorted = sortedBy(own, ranks, sizes[feature])
    if (ranks[sorted[0]] === ranks[sorted[sorted.length - 1]]) continue
    const { gain, after } = aim.bestCut(sorted, ranks, options.least)
    if (gain > most) {
      most = gain
      best = { feature, threshold: ranks[sorted[after - 1]] }
    }
  }
  return best
}

const counts = new Int32Array(1 << 15)

/** Rows in the order of their ranks, of which there are `size`, −1 among them. */
function sortedBy(rows: Int32Array, ranks: Int16Array, size: number): Int32Array {
  counts.fill(0, 0, size + 2)
  for (const row of rows) counts[ranks[row] + 2]++
  for (let rank = 1; rank < size + 2; rank++) counts[rank] += counts[rank - 1]
  const sorted = new Int32Array(rows.length)
  for (const row of rows) sorted[counts[ranks[row] + 1]++] = row
  return sorted
}

function partition(
  { rows, spare, seen }: Growing,
  from: number,
  to: number,
  { feature, threshold }: Split,
): number {
  const ranks = seen[feature]
  let kept = from
  let moved = 0
  for (let at = from; at < to; at++)
    if (ranks[rows[at]] <= threshold) rows[kept++] = rows[at]
    else spare[moved++] = rows[at]
  for (let at = 0; at < moved; at++) rows[kept + at] = spare[at]
  return kept
}

/** Rows by which features are compared. */
const COMPARED = 1000

/** The places of those features, `most` at most and in order, a cut by which alone tells most of the target. */
export function strongest(target: Variable, features: readonly Variable[], most: number): number[] {
  const places = features.map((_, place) => place)
  if (places.length <= most) return places
  const known = Int32Array.from(target.codes.keys()).filter((row) => target.codes[row] >= 0)
  const step = Math.max(1, Math.ceil(known.length / COMPARED))
  const rows = known.filter((_, at) => at % step === 0)
  const aim = targetOf(target, rows)
  const gains = features.map((feature) => {
    const ranks = ranksIn(feature, aim, rows)
    return aim.bestCut(sortedBy(rows, ranks, feature.size), ranks, 1).gain
  })
  return places
    .sort((a, b) => gains[b] - gains[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b)
}

/** A feature's codes, or the ranks of its levels, row by row. */
function ranksIn(feature: Variable, aim: TreeTarget, rows: Int32Array): Int16Array {
  if (feature.isOrdered) return feature.codes
  const ranks = levelRanks(feature, aim, rows)
  return feature.codes.map((code) => (code < 0 ? -1 : ranks[code]))
}
