import * as z from 'zod/mini'
import { type Level, levelSchema, levelText } from '../levels.ts'
import { allLevels } from './evidence.ts'
import { defineKind } from './kind.ts'

/** One value wherever there is one, or none at all: nothing to learn. */
export const constant = defineKind({
  name: 'constant',
  summary: 'one value, or none: left out',
  fields: { value: z.nullable(levelSchema) },
  suits(summary) {
    const levels = allLevels(summary)
    if (levels?.length === 0) return 'every cell is missing'
    return levels?.length === 1 ? `every value is ${levelText(levels[0].level)}` : undefined
  },
  fit(summary) {
    const levels = allLevels(summary)
    if (levels === undefined || levels.length > 1) return 'its values differ'
    const value: Level | null = levels[0]?.level ?? null
    return { value }
  },
  describe: ({ value }) =>
    `left out: ${value === null ? 'every cell is missing' : `every value is ${levelText(value)}`}`,
})
