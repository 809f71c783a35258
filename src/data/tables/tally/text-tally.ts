import type { Cell } from '../cell.ts'
import { type DateTally, dateTally } from '../dates/date-tally.ts'
import { foldedKey, type Level, levelKey, levelOf } from '../levels.ts'
import type { LevelCount } from './number-tally.ts'

/** A cell and where it stands. */
export interface Found {
  readonly cell: Cell
  readonly place: string
}

/** A level that is written in more than one way; the ways, the commonest first. */
export interface Spellings {
  readonly level: Level
  readonly others: readonly Level[]
}

/** The cells of a column that are neither numbers nor missing. */
export interface Texts {
  readonly count: number
  /** Levels that differ by case or blanks alone are one, written as it mostly is; the commonest first. */
  readonly levels: readonly LevelCount[]
  readonly spellings: readonly Spellings[]
  /** Whether `levels` are all there are. */
  readonly complete: boolean
  /** The first few. */
  readonly first: readonly Found[]
  readonly dates: DateTally
}

const MOST_LEVELS = 10_000
const FIRST_TEXTS = 3

/** Levels that differ by case or blanks alone, as one. */
export function foldedLevels(levels: readonly LevelCount[]): Pick<Texts, 'levels' | 'spellings'> {
  const groups = new Map<string, LevelCount[]>()
  for (const entry of levels) {
    const key = foldedKey(entry.level)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  if (groups.size === levels.length) return { levels, spellings: [] }
  const all = [...groups.values()].map((group) => group.toSorted((a, b) => b.count - a.count))
  return {
    levels: all
      .map((group) => ({ level: group[0].level, count: group.reduce((sum, { count }) => sum + count, 0) }))
      .sort((a, b) => b.count - a.count),
    spellings: all
      .filter((group) => group.length > 1)
      .map(([{ level }, ...others]) => ({ level, others: others.map((other) => other.level) })),
  }
}

/** Begins a tally of the cells of a column that are no numbers. */
export function textTally(room: number) {
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
      else if (levels.size < MOST_LEVELS) {
        const level = levelOf(cell)
        levels.set(levelKey(level), { level, count: 1 })
      } else complete = false
      if (typeof cell === 'string') dates.add(cell, slot)
    },
    /** `exact` where levels are told apart by every letter. */
    summary(exact: boolean): Texts {
      const all = [...levels.values()].sort((a, b) => b.count - a.count)
      const own = exact ? { levels: all, spellings: [] } : foldedLevels(all)
      return { count, complete, first, dates: dates.summary(), ...own }
    },
  }
}
