/** What is kept of a column while its cells stream by: exact counts and moments, a sample, a table of levels. */
import type { Cell } from './cell.ts'
import { type DateTally, dateTally } from './date-tally.ts'
import { type Level, levelKey, levelOf } from './levels.ts'
import { isMissing } from './missing.ts'
import { numberOf } from './number-text.ts'

/** A level and how many rows hold it. */
export interface LevelCount {
  readonly level: Level
  count: number
}

/** A cell and where it stands. */
export interface Found {
  readonly cell: Cell
  readonly place: string
}

/** The numbers of a column; `mean` and `deviation` (ddof 0) are of all of them. */
export interface NumberSummary {
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

/** The cells of a column that are neither numbers nor missing. */
export interface TextSummary {
  readonly count: number
  /** The commonest first. */
  readonly levels: readonly LevelCount[]
  /** Whether `levels` are all there are. */
  readonly complete: boolean
  /** The first few. */
  readonly first: readonly Found[]
  readonly dates: DateTally
}

/** A column as it was seen. */
export interface ColumnSummary {
  readonly name: string
  readonly rows: number
  readonly missing: number
  /** The words that were taken for missing, each as it was written. */
  readonly missingWords: readonly LevelCount[]
  readonly numbers: NumberSummary
  readonly texts: TextSummary
}

const MOST_NUMBER_LEVELS = 1024
const MOST_TEXT_LEVELS = 10_000
const FIRST_TEXTS = 3

/** Counts the cells of one column. */
export interface ColumnTally {
  /** Takes in a cell; `slot` is its row's place in the sample, −1 where it has none. */
  add(cell: Cell, slot: number, place: () => string): void
  summary(): ColumnSummary
}

/** A tally of the numbers of a column, with room for `room` of them. */
function numberTally(room: number) {
  const sample = new Float64Array(room).fill(Number.NaN)
  let levels: Map<number, LevelCount> | undefined = new Map()
  let count = 0
  let whole = true
  let consecutive = true
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let last = Number.NaN
  let mean = 0
  let squares = 0
  const countLevel = (value: number, cell: Level, seen: Map<number, LevelCount>) => {
    const entry = seen.get(value)
    if (entry !== undefined) entry.count++
    else if (seen.size < MOST_NUMBER_LEVELS) seen.set(value, { level: levelOf(cell), count: 1 })
    else levels = undefined
  }
  return {
    forget: (slot: number) => {
      sample[slot] = Number.NaN
    },
    add(value: number, cell: Level, slot: number) {
      count++
      const away = value - mean
      mean += away / count
      squares += away * (value - mean)
      if (value < low) low = value
      if (value > high) high = value
      if (whole && !Number.isInteger(value)) whole = false
      if (consecutive && count > 1 && value !== last + 1) consecutive = false
      last = value
      if (slot >= 0) sample[slot] = value
      if (levels !== undefined) countLevel(value, cell, levels)
    },
    summary: (): NumberSummary => ({
      ...{ count, whole, consecutive, low, high, mean },
      deviation: Math.sqrt(squares / Math.max(count, 1)),
      sample: sample.filter((value) => !Number.isNaN(value)).sort(),
      levels: levels && [...levels].sort(([a], [b]) => a - b).map(([, entry]) => entry),
    }),
  }
}

/** A tally of the cells of a column that are no numbers. */
function textTally(room: number) {
  const levels = new Map<string, LevelCount>()
  const first: Found[] = []
  const dates = dateTally(room)
  let count = 0
  let complete = true
  return {
    forget: dates.forget,
    add(cell: Level, slot: number, place: () => string) {
      count++
      if (first.length < FIRST_TEXTS) first.push({ cell: levelOf(cell), place: place() })
      const entry = levels.get(levelKey(cell))
      if (entry !== undefined) entry.count++
      else if (levels.size < MOST_TEXT_LEVELS) {
        const level = levelOf(cell)
        levels.set(levelKey(level), { level, count: 1 })
      } else complete = false
      if (typeof cell === 'string') dates.add(cell, slot)
    },
    summary: (): TextSummary => ({
      ...{ count, complete, first, dates: dates.summary() },
      levels: [...levels.values()].sort((a, b) => b.count - a.count),
    }),
  }
}

/** Begins the tally of a column, with a sample of at most `room` rows. */
export function columnTally(name: string, room: number): ColumnTally {
  const numbers = numberTally(room)
  const texts = textTally(room)
  const words = new Map<string, LevelCount>()
  let rows = 0
  let missing = 0
  const addMissing = (cell: Cell) => {
    missing++
    if (typeof cell !== 'string') return
    const entry = words.get(cell.trim())
    if (entry !== undefined) entry.count++
    else if (cell.trim() !== '') words.set(cell.trim(), { level: levelOf(cell), count: 1 })
  }
  return {
    add(cell, slot, place) {
      rows++
      if (slot >= 0) {
        numbers.forget(slot)
        texts.forget(slot)
      }
      if (cell === null || isMissing(cell)) return addMissing(cell)
      const value = numberOf(cell)
      if (Number.isNaN(value)) texts.add(cell, slot, place)
      else numbers.add(value, cell, slot)
    },
    summary: () => ({
      ...{ name, rows, missing, missingWords: [...words.values()] },
      ...{ numbers: numbers.summary(), texts: texts.summary() },
    }),
  }
}
