import * as z from 'zod/mini'
import { type Level, levelKey, levelList, levelSchema, levelText } from '../levels.ts'
import { numberOf } from '../number-text.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { pairFinder, saysTruth, truthOf } from '../truth.ts'
import { isNumeric, levelsOf, strayRemark, valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Two levels, no before yes; of several words for yes and no the commonest two. */
function pairOf(summary: ColumnSummary): readonly [Level, Level] | undefined {
  const levels = levelsOf(summary)
  if (levels === undefined || levels.length < 2) return undefined
  const words = levels.map(({ level }) => level)
  if (saysTruth(words)) {
    const byCount = [...levels].sort((a, b) => b.count - a.count)
    const said = (truth: boolean) => byCount.find(({ level }) => truthOf(level) === truth)
    const [none, one] = [said(false), said(true)]
    if (none && one) return [none.level, one.level]
  }
  return words.length === 2 ? [words[0], words[1]] : undefined
}

/** Other words for the same two. */
function synonymsOf(summary: ColumnSummary, [none, one]: readonly [Level, Level]): string {
  const others = (levelsOf(summary) ?? []).filter(({ level }) => level !== none && level !== one)
  return others.length === 0 ? '' : `, also written as ${levelList(others.map(({ level }) => level))}`
}

/** Two levels, whatever they are. */
export const binary = defineKind({
  name: 'binary',
  summary: 'two values, as 0 and 1',
  fields: { levels: z.tuple([levelSchema, levelSchema]) },
  suits(summary) {
    const pair = pairOf(summary)
    // Two days are dates still, of which there will be others.
    if (pair === undefined || summary.texts.dates.readings[0]?.count === valueCount(summary)) return undefined
    const [none, one] = pair.map(levelText)
    const strays = isNumeric(summary) ? strayRemark(summary) : ''
    return `two values: ${none} and ${one}${synonymsOf(summary, pair)}${strays}`
  },
  fit(summary, told): { levels: [Level, Level] } | string {
    if (told?.levels !== undefined) {
      const [none, one, ...others] = told.levels
      if (one === undefined || others.length > 0 || levelKey(none) === levelKey(one))
        return 'two different levels were not named'
      return { levels: [none, one] }
    }
    const pair = pairOf(summary)
    if (pair !== undefined) return { levels: [...pair] }
    const levels = levelsOf(summary)?.map(({ level }) => level)
    return levels === undefined ? 'it has too many values' : `its values are ${levelList(levels)}`
  },
  oddIn: (summary) => (isNumeric(summary) ? summary.texts.count : 0),
  describe: ({ levels: [none, one] }) => `0 for ${levelText(none)}, 1 for ${levelText(one)}`,
  encoding: {
    group: 'binary',
    slots: () => 1,
    write({ levels }, { refuse, unseen }) {
      const find = pairFinder(levels)
      const areNumbers = levels.every((level) => typeof level === 'number')
      const middle = (Number(levels[0]) + Number(levels[1])) / 2
      return (cell, out, at) => {
        const place = find(cell)
        const number = place < 0 && areNumbers ? numberOf(cell) : Number.NaN
        // A third number may come where two were met, and is held within them; a third word is a mistake.
        if (!Number.isNaN(number)) out[at] = number > middle ? 1 : 0
        else if (place < 0) return areNumbers ? refuse(cell, 'a number') : unseen(cell, levels)
        else out[at] = place
        return true
      }
    },
    read({ levels: [none, one] }, { means }) {
      if (means && typeof none === 'number' && typeof one === 'number' && !areWhole(none, one))
        return (values, at) => none + values[at] * (one - none)
      return (values, at) => (values[at] >= 0.5 ? one : none)
    },
  },
})

const areWhole = (...numbers: readonly number[]): boolean => numbers.every(Number.isInteger)
