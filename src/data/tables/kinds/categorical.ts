import * as z from 'zod/mini'
import { compareLevels, type Level, levelFinder, levelKey, levelList, levelSchema } from '../levels.ts'
import type { LevelCount } from '../tally/number-tally.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { allLevels, isNumeric, valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Levels that stand for themselves; the one of all others comes on top. */
export const MOST_LEVELS = 63
/** Rare levels that are kept to draw from, the commonest. */
const MOST_RARE = 256
/** Numbers with more levels than this are hardly codes. */
const FEW_NUMBERS = 20

/** Levels met less often are rare: half a percent of the rows, but 2 at least and 50 at most. */
const rareBelow = (values: number): number => Math.min(Math.max(Math.round(values / 200), 2), 50)

/** The levels that stand for themselves: those that somebody names, then the commonest. */
function kept(levels: readonly LevelCount[], named: readonly Level[]): readonly LevelCount[] {
  const values = levels.reduce((sum, { count }) => sum + count, 0)
  const find = levelFinder(named)
  const own = levels.filter(({ level }) => find(level) >= 0)
  const others = levels.filter(({ level }) => find(level) < 0).sort((a, b) => b.count - a.count)
  const byCount = [...own, ...others].slice(0, Math.max(MOST_LEVELS, own.length))
  const common = byCount.filter(({ count }, at) => at < own.length || count >= rareBelow(values))
  return common.length < 2 ? byCount : common
}

/** A name for the rare levels that none of the others has; no cell ever says it. */
function otherName(levels: readonly LevelCount[]): string {
  const keys = new Set(levels.map(({ level }) => levelKey(level)))
  let name = 'other'
  while (keys.has(name)) name += '_'
  return name
}

/** The commonest of the rare levels, and its share of them all. */
function commonestOf(rare: readonly (readonly [Level, number])[]): readonly [Level, number] {
  const total = rare.reduce((sum, [, count]) => sum + count, 0)
  const [most] = [...rare].sort(([, a], [, b]) => b - a)
  return most === undefined ? ['', 0] : [most[0], most[1] / total]
}

/** Draws one of the rare levels, each as often as it was met; the commonest level where they are not known. */
function rareDrawer(
  rare: readonly (readonly [Level, number])[],
  levels: readonly Level[],
): (chance: number) => Level {
  const total = rare.reduce((sum, [, count]) => sum + count, 0)
  return (chance) => {
    let left = chance * total
    for (const [level, count] of rare) {
      left -= count
      if (left < 0) return level
    }
    return rare[0]?.[0] ?? levels[0]
  }
}

/** Levels that somebody names, with those of the column that they are. */
function withNamed(levels: readonly LevelCount[], named: readonly Level[]): readonly LevelCount[] {
  const find = levelFinder(levels.map(({ level }) => level))
  const absent = named.filter((level) => find(level) < 0)
  return [...levels, ...absent.map((level) => ({ level, count: 0 }))]
}

function seenLevels(summary: ColumnSummary): readonly LevelCount[] | undefined {
  const { numbers, texts, codes } = summary
  if (numbers.levels === undefined) return undefined
  return codes > 0 ? (allLevels(summary) ?? texts.levels) : [...numbers.levels, ...texts.levels]
}

/** Texts with few levels, or whole-number codes where somebody says so. */
export const categorical = defineKind({
  name: 'categorical',
  summary: 'one of a few levels, a slot for each; rare ones merged',
  fields: {
    levels: z.array(levelSchema).check(z.minLength(1)),
    /** What all levels that are rare or unseen are called together; absent where none was rare. */
    other: z.optional(z.string()),
    merged: z.int().check(z.minimum(0)),
    /** The rare levels and how often they were met, to draw from where one of them is written. */
    rare: z.optional(z.array(z.tuple([levelSchema, z.number()]))),
  },
  suits: (summary) =>
    isNumeric(summary) ? undefined : `${allLevels(summary)?.length ?? 'many'} different values`,
  doubt(summary) {
    const { numbers } = summary
    const different = numbers.levels?.length ?? Number.POSITIVE_INFINITY
    return isNumeric(summary) &&
      numbers.whole &&
      different > 2 &&
      different <= FEW_NUMBERS &&
      different * 2 <= valueCount(summary)
      ? `${different} different whole numbers, which may be codes`
      : undefined
  },
  fit(summary, told) {
    const seen = seenLevels(summary)
    if (seen === undefined) return 'it has more than 1,024 different numbers'
    const levels = withNamed(seen, told?.levels ?? [])
    if (levels.length < 2) return 'it has no two levels'
    const common = kept(levels, told?.levels ?? [])
    const rare = levels.filter((level) => !common.includes(level)).sort((a, b) => b.count - a.count)
    return {
      levels: common.map(({ level }) => level).sort(compareLevels),
      ...(rare.length > 0 && { other: otherName(levels) }),
      merged: rare.length,
      ...(rare.length > 0 && {
        rare: rare.slice(0, MOST_RARE).map(({ level, count }): [Level, number] => [level, count]),
      }),
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
    read({ levels, other, rare = [] }, { chance }) {
      const draw = rareDrawer(rare, levels)
      const [likeliest, share] = commonestOf(rare)
      return (values, at) => {
        let most = 0
        for (let level = 1; level < levels.length; level++)
          if (values[at + level] > values[at + most]) most = level
        const rest = other === undefined ? 0 : values[at + levels.length]
        // The rare ones together may be likelier than any other level, and each of them less likely.
        if (chance === undefined) return share * rest > values[at + most] ? likeliest : levels[most]
        return rest > values[at + most] ? draw(chance(at)) : levels[most]
      }
    },
  },
})
