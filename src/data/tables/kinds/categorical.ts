import * as z from 'zod'
import { compareLevels, levelFinder, levelKey, levelList, levelSchema } from '../levels.ts'
import type { LevelCount } from '../tally.ts'
import { allLevels, isNumeric } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Levels that stand for themselves; the one of all others comes on top. */
export const MOST_LEVELS = 63

/** Levels met less often are rare: half a percent of the rows, but 2 at least and 50 at most. */
const rareBelow = (values: number): number => Math.min(Math.max(Math.round(values / 200), 2), 50)

/** The levels that stand for themselves, the commonest first. */
function kept(levels: readonly LevelCount[]): readonly LevelCount[] {
  const values = levels.reduce((sum, { count }) => sum + count, 0)
  const byCount = [...levels].sort((a, b) => b.count - a.count).slice(0, MOST_LEVELS)
  const common = byCount.filter(({ count }) => count >= rareBelow(values))
  return common.length < 2 ? byCount : common
}

/** A name for the rare levels that none of the others has. */
function otherName(levels: readonly LevelCount[]): string {
  const keys = new Set(levels.map(({ level }) => levelKey(level)))
  let name = 'other'
  while (keys.has(name)) name += '_'
  return name
}

/** Texts with few levels, or whole-number codes where somebody says so. */
export const categorical = defineKind({
  name: 'categorical',
  summary: 'one of a few levels, a slot for each; rare ones merged',
  fields: {
    levels: z.array(levelSchema).min(1),
    /** The level of all that are rare or unseen; absent where none was rare. */
    other: z.string().optional(),
    merged: z.int().min(0),
  },
  suits: (summary) =>
    isNumeric(summary) ? undefined : `${allLevels(summary)?.length ?? 'many'} different values`,
  fit(summary) {
    const { numbers, texts } = summary
    if (numbers.levels === undefined) return 'it has more than 1,024 different numbers'
    const levels = [...numbers.levels, ...texts.levels]
    if (levels.length < 2) return 'it has no two levels'
    const common = kept(levels)
    const merged = levels.length - common.length
    return {
      levels: common.map(({ level }) => level).sort(compareLevels),
      ...(merged > 0 && { other: otherName(levels) }),
      merged,
    }
  },
  describe({ levels, other, merged }) {
    const rare =
      other === undefined ? '' : `; ${merged} rare ${merged === 1 ? 'one' : 'ones'} merged into "${other}"`
    return `one of ${levels.length} levels (${levelList(levels, 5)})${rare}`
  },
  encoding: {
    group: 'categorical',
    slots: ({ levels, other }) => levels.length + (other === undefined ? 0 : 1),
    write({ levels, other }, { unseen }) {
      const find = levelFinder(levels)
      return (cell, out, at) => {
        const place = find(cell)
        if (place < 0 && other === undefined) return unseen(cell, levels)
        out[at + (place < 0 ? levels.length : place)] = 1
        return true
      }
    },
    read({ levels, other }) {
      const cells = other === undefined ? levels : [...levels, other]
      return (values, at) => {
        let most = 0
        for (let level = 1; level < cells.length; level++)
          if (values[at + level] > values[at + most]) most = level
        return cells[most]
      }
    },
  },
})
