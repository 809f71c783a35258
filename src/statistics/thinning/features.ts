/** What a set of rows is compared with another by: how often each value is there, and each pair of values. */
import { normalQuantile } from '../../base/random.ts'
import { ranksOf } from '../ranks.ts'

/** A column as levels from 0 to below `size` [rows], or as numbers of which NaN is missing [rows]. */
export type ComparedColumn = Cells | { readonly numbers: Float64Array }

interface Cells {
  readonly levels: Int16Array
  readonly size: number
}

/** A measure of each row, whose sum over some rows is to be that over all, in proportion. */
export interface Feature {
  /** Cells, of which a row is in one; 1 where each row has a number instead. */
  readonly cells: number
  /** The cell that a row is in. */
  readonly cellOf: (row: number) => number
  /** The row's number; 1 where cells are counted. */
  readonly numberOf: (row: number) => number
}

/** Pairs of columns at most, spread evenly over all. */
const MOST_PAIRS = 400
/** Equal shares of numbers, each of these many by itself, and so many in a pair with levels. */
const SHARES = [4, 16, 64]
const SHARES_IN_PAIRS = 8
/** Cells of either tail. */
const TAIL = 5

const one = () => 1
const first = () => 0

/**
 * Features of columns one by one and two by two, for sets of `count` rows. Numbers are compared by ranks: in equal shares,
 * in tails that end with the share of one row, in products of normal scores. A gap is a value like others.
 */
export function featuresOf(columns: readonly ComparedColumn[], count: number): Feature[] {
  const told = columns.map((column) => ('levels' in column ? toldLevels(column) : toldNumbers(column, count)))
  const pairs = columns.flatMap((_, a) => columns.slice(0, a).map((_, b) => [a, b] as const))
  const step = Math.max(1, pairs.length / MOST_PAIRS)
  const chosen = pairs.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
  return [
    ...told.flatMap(({ alone }) => alone.map(counted)),
    ...chosen.map(([a, b]) => pairOf(told[a], told[b])),
  ]
}

interface ToldColumn {
  readonly alone: readonly Cells[]
  readonly paired: Cells
  /** Normal scores of numbers. */
  readonly scores?: Float64Array
}

const toldLevels = (cells: Cells): ToldColumn => ({ alone: [cells], paired: cells })

function toldNumbers({ numbers }: { readonly numbers: Float64Array }, count: number): ToldColumn {
  const known = Uint32Array.from(numbers.keys()).filter((row) => !Number.isNaN(numbers[row]))
  const order = known.sort((a, b) => numbers[a] - numbers[b])
  // Below 0 where missing, which has rank 0.
  const shares = ranksOf(numbers, order).map((rank) => (rank - 0.5) / order.length)
  const cut = (size: number, cellOf: (share: number) => number): Cells => ({
    size: size + 1,
    levels: Int16Array.from(shares, (share) => (share < 0 ? 0 : 1 + cellOf(share))),
  })
  const equal = (size: number) => cut(size, (share) => Math.floor(size * share))
  return {
    alone: [...SHARES.map(equal), cut(2 * TAIL + 1, (share) => tailOf(share, count))],
    paired: equal(SHARES_IN_PAIRS),
    scores: shares.map((share) => (share < 0 ? 0 : normalQuantile(share))),
  }
}

/** The outermost cells hold one row in `count`, those next to them twice as many, and the middle one all others. */
function tailOf(share: number, count: number): number {
  const far = Math.min(share, 1 - share) * count
  const step = far < 1 ? 0 : 1 + Math.floor(Math.log2(far))
  if (step >= TAIL) return TAIL
  return share < 0.5 ? step : 2 * TAIL - step
}

const counted = ({ size, levels }: Cells): Feature => ({
  cells: size,
  cellOf: (row) => levels[row],
  numberOf: one,
})

function pairOf(a: ToldColumn, b: ToldColumn): Feature {
  const [scores, others] = [a.scores, b.scores]
  if (scores && others) return { cells: 1, cellOf: first, numberOf: (row) => scores[row] * others[row] }
  const [{ size, levels }, { levels: second }] = [a.paired, b.paired]
  return {
    cells: size * b.paired.size,
    cellOf: (row) => second[row] * size + levels[row],
    numberOf: one,
  }
}
