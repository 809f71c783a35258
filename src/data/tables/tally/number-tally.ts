import { type Level, levelOf } from '../levels.ts'

/** A level and how many rows hold it. */
export interface LevelCount {
  readonly level: Level
  count: number
}

/** The numbers of a column; `mean` and `deviation` (ddof 0) are of all of them. */
export interface Numbers {
  readonly count: number
  readonly whole: boolean
  /** Whether each is one more than the one before. */
  readonly consecutive: boolean
  readonly low: number
  readonly high: number
  readonly mean: number
  readonly deviation: number
  /** Those among the sampled rows, ascending. */
  readonly sample: Float64Array
  /** Ascending; undefined where there are too many. */
  readonly levels: readonly LevelCount[] | undefined
}

const MOST_LEVELS = 1024

/** Counts numbers as they come. */
export class NumberTally {
  #sample: Float64Array | undefined
  #levels: Map<number, LevelCount> | undefined = new Map()
  #count = 0
  #whole = true
  #consecutive = true
  #low = Number.POSITIVE_INFINITY
  #high = Number.NEGATIVE_INFINITY
  #last = Number.NaN
  #mean = 0
  #squares = 0
  readonly #room: number

  /** With a sample of at most `room` of them. */
  constructor(room: number) {
    this.#room = room
  }

  get count(): number {
    return this.#count
  }

  forget(slot: number): void {
    if (this.#sample !== undefined) this.#sample[slot] = Number.NaN
  }

  add(value: number, cell: Level, slot: number): void {
    this.#count++
    const away = value - this.#mean
    this.#mean += away / this.#count
    this.#squares += away * (value - this.#mean)
    if (value < this.#low) this.#low = value
    if (value > this.#high) this.#high = value
    if (this.#whole && !Number.isInteger(value)) this.#whole = false
    if (this.#consecutive && this.#count > 1 && value !== this.#last + 1) this.#consecutive = false
    this.#last = value
    if (slot >= 0) {
      this.#sample ??= new Float64Array(this.#room).fill(Number.NaN)
      this.#sample[slot] = value
    }
    if (this.#levels !== undefined) this.#countLevel(value, cell, this.#levels)
  }

  /** The same once more, from which on the two count for themselves. */
  clone(): NumberTally {
    const copy = new NumberTally(this.#room)
    copy.#sample = this.#sample?.slice()
    copy.#levels =
      this.#levels && new Map([...this.#levels].map(([value, { level, count }]) => [value, { level, count }]))
    copy.#count = this.#count
    copy.#whole = this.#whole
    copy.#consecutive = this.#consecutive
    copy.#low = this.#low
    copy.#high = this.#high
    copy.#last = this.#last
    copy.#mean = this.#mean
    copy.#squares = this.#squares
    return copy
  }

  summary(): Numbers {
    return {
      count: this.#count,
      whole: this.#whole,
      consecutive: this.#consecutive,
      low: this.#low,
      high: this.#high,
      mean: this.#mean,
      deviation: Math.sqrt(this.#squares / Math.max(this.#count, 1)),
      sample: (this.#sample ?? new Float64Array(0)).filter((value) => !Number.isNaN(value)).sort(),
      levels: this.#levels && [...this.#levels].sort(([a], [b]) => a - b).map(([, entry]) => entry),
    }
  }

  #countLevel(value: number, cell: Level, seen: Map<number, LevelCount>): void {
    const entry = seen.get(value)
    if (entry !== undefined) entry.count++
    else if (seen.size < MOST_LEVELS) seen.set(value, { level: levelOf(cell), count: 1 })
    else this.#levels = undefined
  }
}

/** Two parts of a column's numbers as one. */
export function joinedNumbers(a: Numbers, b: Numbers, numberIn: (level: Level) => number): Numbers {
  if (a.count === 0) return b
  if (b.count === 0) return a
  const count = a.count + b.count
  const apart = b.mean - a.mean
  // Chan, Golub & LeVeque 1983, eq. 2.1.
  const squares =
    a.deviation ** 2 * a.count + b.deviation ** 2 * b.count + (apart ** 2 * a.count * b.count) / count
  return {
    count,
    whole: a.whole && b.whole,
    consecutive: false,
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    mean: a.mean + (apart * b.count) / count,
    deviation: Math.sqrt(squares / count),
    sample: joinedSamples(a.sample, b.sample),
    levels: a.levels && b.levels && joinedLevels([...a.levels, ...b.levels], numberIn),
  }
}

function joinedSamples(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both.sort()
}

function joinedLevels(
  all: readonly LevelCount[],
  numberIn: (level: Level) => number,
): readonly LevelCount[] | undefined {
  const byValue = new Map<number, LevelCount>()
  for (const { level, count } of all) {
    const value = numberIn(level)
    const entry = byValue.get(value)
    if (entry !== undefined) entry.count += count
    else byValue.set(value, { level, count })
  }
  if (byValue.size > MOST_LEVELS) return undefined
  return [...byValue].sort(([a], [b]) => a - b).map(([, entry]) => entry)
}
