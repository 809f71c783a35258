import * as z from 'zod'
import { type Level, levelFinder, levelList, levelSchema, levelText } from '../levels.ts'
import { numberOf } from '../number-text.ts'
import { isNumeric, levelsOf, strayRemark } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Two levels, whatever they are. */
export const binary = defineKind({
  name: 'binary',
  summary: 'two values, as 0 and 1',
  fields: { levels: z.tuple([levelSchema, levelSchema]) },
  suits(summary) {
    const levels = levelsOf(summary)
    if (levels?.length !== 2) return undefined
    const [none, one] = levels.map(({ level }) => levelText(level))
    return `two values: ${none} and ${one}${isNumeric(summary) ? strayRemark(summary) : ''}`
  },
  fit(summary) {
    const levels = levelsOf(summary)?.map(({ level }) => level)
    if (levels?.length === 2) return { levels: levels as [Level, Level] }
    return levels === undefined ? 'it has too many values' : `its values are ${levelList(levels)}`
  },
  describe: ({ levels: [none, one] }) => `0 for ${levelText(none)}, 1 for ${levelText(one)}`,
  encoding: {
    group: 'binary',
    slots: () => 1,
    write({ levels }, { unseen }) {
      const find = levelFinder(levels)
      const areNumbers = levels.every((level) => typeof level === 'number')
      const middle = (Number(levels[0]) + Number(levels[1])) / 2
      return (cell, out, at) => {
        const place = find(cell)
        const number = place < 0 && areNumbers ? numberOf(cell) : Number.NaN
        // A third number may come where two were met, and is held within them; a third word is a mistake.
        if (!Number.isNaN(number)) out[at] = number > middle ? 1 : 0
        else if (place < 0) return unseen(cell, levels)
        else out[at] = place
        return true
      }
    },
    read:
      ({ levels: [none, one] }) =>
      (values, at) =>
        values[at] >= 0.5 ? one : none,
  },
})
