/** Whether rows of series differ between two periods, when each row is like those before it. */
import { firstAtLeast } from '../../../base/first-at-least.ts'
import { permutation, streamOf } from '../../../base/random.ts'
import type { Cell } from '../../../data/tables/cell.ts'

/** Rows of one sample by series, each in its order. @inline */
export interface SampleOrder {
  /** The number of the row at each place. */
  readonly rows: ArrayLike<number>
  /** The first place of each series, and after them the number of all places. */
  readonly starts: ArrayLike<number>
}

/** Two samples of values in their order. */
interface OrderedSamples {
  readonly reference: ArrayLike<Cell>
  readonly current: ArrayLike<Cell>
  readonly orders: { readonly reference: SampleOrder; readonly current: SampleOrder }
  /** Whether values are numbers, whose order counts; else levels. */
  readonly areNumbers: boolean
}

const PERMUTATIONS = 999
/** Parts into which numbers are counted. */
const PARTS = 128
/** Blocks at most, of both samples. */
const MOST_BLOCKS = 1000
/** Rows of a block, in numbers of rows that are worth one that hangs on no other. */
const TIMES = 10
const MOST_LAGS = 2000
/** Levels of which it is looked how long they last. */
const MOST_LEVELS = 5
const stream = streamOf('drift-blocks')

/**
 * The p-value of the greatest distance between two distribution functions, or of the total variation of levels, by
 * permuting blocks of both samples: within them rows hang together as they do. Blocks are several times as long as rows do
 * so, by the integrated autocorrelation of the reference. Lahiri 2003, Resampling Methods for Dependent Data, ch. 2.
 */
export function orderedPValue({ reference, current, orders, areNumbers }: OrderedSamples): number {
  const code = areNumbers ? numberCodes(reference, current) : levelCodes(reference, current)
  const sides = [codesOf(reference, orders.reference, code.of), codesOf(current, orders.current, code.of)]
  const [before, after] = sides
  const known = (side: Ordered) => side.codes.filter((own) => own >= 0).length
  if (known(before) === 0 || known(after) === 0) return 1
  const least = (before.codes.length + after.codes.length) / MOST_BLOCKS
  const wanted = Math.ceil(Math.max(TIMES * rowsTogether(before, code, areNumbers), least))
  const rows = Math.min(wanted, after.codes.length)
  const blocks = sides.map((side) => blocksOf(side, rows, code.count))
  const all = blocks.flat()
  const fresh = blocks[1].length
  const total = sumOf(all, code.count)
  const apart = (chosen: ArrayLike<number>): number => {
    const own = new Float64Array(code.count)
    for (let at = 0; at < fresh; at++) {
      const block = all[chosen[at]]
      for (let part = 0; part < own.length; part++) own[part] += block[part]
    }
    return distance(own, total, areNumbers)
  }
  const seen = apart(Array.from({ length: fresh }, (_, at) => blocks[0].length + at))
  let asFar = 1
  for (let step = 0; step < PERMUTATIONS; step++)
    if (apart(permutation(all.length, { seed: 0, stream, step })) >= seen - 1e-12) asFar++
  return asFar / (PERMUTATIONS + 1)
}

interface Codes {
  readonly count: number
  /** The part of a value; −1 where it is missing. */
  of(value: Cell): number
}

function numberCodes(reference: ArrayLike<Cell>, current: ArrayLike<Cell>): Codes {
  const known = [reference, current].flatMap((side) =>
    Array.from(side, Number).filter((x) => !Number.isNaN(x)),
  )
  const sorted = Float64Array.from(known).sort()
  const ends = new Set(
    Array.from({ length: PARTS }, (_, part) => sorted[Math.floor(((part + 1) * sorted.length) / PARTS) - 1]),
  )
  const edges = [...ends].filter((edge) => edge !== undefined)
  return {
    count: edges.length,
    of(value) {
      const x = Number(value)
      if (value === null || Number.isNaN(x)) return -1
      return Math.min(firstAtLeast(edges, x), edges.length - 1)
    },
  }
}

function levelCodes(reference: ArrayLike<Cell>, current: ArrayLike<Cell>): Codes {
  const often = new Map<Cell, number>()
  for (const side of [reference, current])
    for (const level of Array.from(side)) if (level !== null) often.set(level, (often.get(level) ?? 0) + 1)
  const known = new Map([...often].toSorted((a, b) => b[1] - a[1]).map(([level], at) => [level, at] as const))
  return { count: known.size, of: (value) => known.get(value) ?? -1 }
}

/** Parts of values in their order, and where series begin. */
interface Ordered {
  readonly codes: Int32Array
  readonly starts: ArrayLike<number>
}

const codesOf = (values: ArrayLike<Cell>, { rows, starts }: SampleOrder, of: Codes['of']): Ordered => ({
  codes: Int32Array.from(rows, (row) => of(values[row])),
  starts,
})

/** How many rows are worth one that hangs on no other: 1 + 2·Σ ρₖ up to where these are lost in noise. */
function rowsTogether(side: Ordered, { count }: Codes, areNumbers: boolean): number {
  if (areNumbers) return together(side, (code) => code)
  const levels = Array.from({ length: Math.min(count, MOST_LEVELS) }, (_, level) => level)
  return Math.max(...levels.map((level) => together(side, (code) => (code === level ? 1 : 0))))
}

function together({ codes, starts }: Ordered, of: (code: number) => number): number {
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : of(code)))
  const known = values.filter((x) => !Number.isNaN(x))
  const mean = known.reduce((sum, x) => sum + x / known.length, 0)
  const off = values.map((x) => (Number.isNaN(x) ? 0 : x - mean))
  const variance = off.reduce((sum, x) => sum + x * x, 0) / known.length
  if (variance === 0) return 1
  let sum = 1
  for (let lag = 1; lag < Math.min(MOST_LAGS, codes.length / 4); lag++) {
    let [product, pairs] = [0, 0]
    for (let own = 0; own + 1 < starts.length; own++)
      for (let at = starts[own] + lag; at < starts[own + 1]; at++) {
        product += off[at] * off[at - lag]
        pairs++
      }
    const correlation = pairs > 0 ? product / pairs / variance : 0
    if (correlation < 2 / Math.sqrt(known.length)) break
    sum += 2 * correlation
  }
  return sum
}

/** Counts of the parts in blocks of about so many rows, none over two series. */
function blocksOf({ codes, starts }: Ordered, rows: number, count: number): Float64Array[] {
  const blocks: Float64Array[] = []
  for (let own = 0; own + 1 < starts.length; own++) {
    const [from, to] = [starts[own], starts[own + 1]]
    const parts = Math.max(1, Math.round((to - from) / rows))
    for (let part = 0; part < parts; part++) {
      const block = new Float64Array(count)
      const end = from + Math.round(((part + 1) * (to - from)) / parts)
      for (let at = from + Math.round((part * (to - from)) / parts); at < end; at++)
        if (codes[at] >= 0) block[codes[at]]++
      blocks.push(block)
    }
  }
  return blocks
}

function sumOf(blocks: readonly Float64Array[], count: number): Float64Array {
  const total = new Float64Array(count)
  for (const block of blocks) for (let part = 0; part < count; part++) total[part] += block[part]
  return total
}

/** Between some of all counts and the others. */
function distance(own: Float64Array, total: Float64Array, areNumbers: boolean): number {
  const mine = own.reduce((sum, count) => sum + count, 0)
  const others = total.reduce((sum, count) => sum + count, 0) - mine
  if (mine === 0 || others === 0) return 0
  let [sum, greatest, variation] = [0, 0, 0]
  for (let part = 0; part < own.length; part++) {
    const off = own[part] / mine - (total[part] - own[part]) / others
    sum += off
    greatest = Math.max(greatest, Math.abs(sum))
    variation += Math.abs(off) / 2
  }
  return areNumbers ? greatest : variation
}
