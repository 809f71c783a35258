import * as z from 'zod/mini'
import { type Level, levelFinder, levelKey, levelList, levelSchema, levelText } from '../levels.ts'
import { standardizing } from '../moments.ts'
import { inOrder } from '../ordered-words.ts'
import type { LevelCount } from '../tally/number-tally.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { isNumeric, levelsOf, valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Grades have no more levels. */
const FEW_RANKS = 11

/** Levels in the order that is known of them: told, in words, or by size; a text says what is wrong. */
function ordered(seen: readonly Level[], told: readonly Level[] | undefined): readonly Level[] | string {
  if (told !== undefined) {
    const find = levelFinder(told)
    const unknown = seen.find((level) => find(level) < 0)
    return unknown === undefined ? told : `its value ${levelText(unknown)} is not among the levels given`
  }
  if (seen.every((level) => typeof level === 'number')) return seen
  return (
    inOrder(seen) ?? `nothing says in which order its values ${levelList(seen)} are: give them least first`
  )
}

/** Mean and standard deviation of the ranks of levels. */
function rankMoments(levels: readonly Level[], counts: readonly LevelCount[]) {
  const find = levelFinder(levels)
  const rows = counts.reduce((sum, { count }) => sum + count, 0)
  const expectation = (of: (rank: number) => number) =>
    counts.reduce((sum, { level, count }) => sum + of(find(level)) * count, 0) / rows
  const mean = expectation((rank) => rank)
  return { mean, deviation: Math.sqrt(expectation((rank) => (rank - mean) ** 2)) }
}

const areWords = ({ numbers }: ColumnSummary): boolean => numbers.count === 0

/** Levels with an order, by somebody's word or by words that have one. */
export const ordinal = defineKind({
  name: 'ordinal',
  summary: 'levels with an order, as standardized ranks',
  fields: {
    /** Least first. */
    levels: z.array(levelSchema).check(z.minLength(2)),
    center: z.number(),
    scale: z.number().check(z.positive()),
  },
  suits(summary) {
    const levels = areWords(summary) ? levelsOf(summary) : undefined
    const words = levels && inOrder(levels.map(({ level }) => level))
    return words && `words with an order: ${words.map(levelText).join(' < ')}`
  },
  doubt(summary) {
    const levels = isNumeric(summary) && summary.numbers.whole ? summary.numbers.levels : undefined
    return levels &&
      levels.length >= 3 &&
      levels.length <= FEW_RANKS &&
      levels.length * 3 <= valueCount(summary)
      ? 'few whole numbers, which may be grades'
      : undefined
  },
  fit(summary, told) {
    const counts = levelsOf(summary)
    if (counts === undefined) return 'it has too many values'
    if (counts.length === 0) return 'it has no value'
    const levels = ordered(
      counts.map(({ level }) => level),
      told?.levels,
    )
    if (typeof levels === 'string') return levels
    if (new Set(levels.map(levelKey)).size < Math.max(levels.length, 2))
      return 'an order needs two different levels'
    return { levels: [...levels], ...standardizing(rankMoments(levels, counts)) }
  },
  describe: ({ levels }) => `standardized rank of ${levels.slice(0, 8).map(levelText).join(' < ')}`,
  encoding: {
    group: 'real',
    slots: () => 1,
    write({ levels, center, scale }, { unseen }) {
      const find = levelFinder(levels)
      return (cell, out, at) => {
        const rank = find(cell)
        if (rank < 0) return unseen(cell, levels)
        out[at] = (rank - center) / scale
        return true
      }
    },
    read:
      ({ levels, center, scale }) =>
      (values, at) =>
        levels[Math.min(Math.max(Math.round(values[at] * scale + center), 0), levels.length - 1)],
  },
})
