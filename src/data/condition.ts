/** What is known of an example and given to a model beside it: columns of levels or of numbers, and how they become numbers. */
import * as z from 'zod/mini'
import { fail } from '../base/errors.ts'
import type { Cell } from './tables/cell.ts'
import { type Level, levelFinder, levelList, levelSchema } from './tables/levels.ts'
import { numberOf } from './tables/number-text.ts'

/** More levels are no condition but an identifier. */
export const MOST_CONDITION_LEVELS = 1024

const about = {
  name: z.string().check(z.minLength(1)),
  /** True where training met rows of which it was not known. */
  gaps: z.optional(z.literal(true)),
  /** How often an example has it, as a window has of each of its rows; default: once. */
  times: z.optional(z.int().check(z.positive())),
}

const levelsSchema = z.strictObject({
  ...about,
  levels: z.readonly(z.array(levelSchema).check(z.minLength(2), z.maxLength(MOST_CONDITION_LEVELS))),
})

const numberSchema = z.strictObject({
  ...about,
  mean: z.number(),
  deviation: z.number().check(z.positive()),
})

/** The columns of a condition, in the order of their numbers. */
export const conditionSchema = z.readonly(
  z.array(z.union([levelsSchema, numberSchema])).check(z.minLength(1)),
)

/** One thing that is known of an example: a level, or a number in deviations from its mean. @inline */
export type ConditionColumn = z.infer<typeof levelsSchema> | z.infer<typeof numberSchema>

/** All that is known of an example. @inline */
export type Condition = readonly ConditionColumn[]

/** Numbers that a column comes to once: a slot a level, or the number itself and, where it may be unknown, whether it is known. */
export const onceWide = (column: ConditionColumn): number =>
  'levels' in column ? column.levels.length : column.gaps ? 2 : 1

const widthOf = (column: ConditionColumn): number => onceWide(column) * (column.times ?? 1)

/** Numbers of an encoded condition. */
export const conditionWidth = (condition: Condition): number =>
  condition.reduce((sum, column) => sum + widthOf(column), 0)

/** A column with the place of its first number. */
export interface PlacedColumn {
  readonly column: ConditionColumn
  readonly at: number
  readonly width: number
}

export function placedColumns(condition: Condition): PlacedColumn[] {
  let at = 0
  return condition.map((column) => {
    const width = widthOf(column)
    at += width
    return { column, at: at - width, width }
  })
}

/** What each number of an encoded condition says, for people. */
export const conditionSlots = (condition: Condition): string[] =>
  condition.flatMap(({ times = 1, ...column }) =>
    Array.from({ length: times }, (_, row) => {
      const name = times === 1 ? column.name : `${column.name}[${row - times + 1}]`
      if ('levels' in column) return column.levels.map((level) => `${name} = ${level}`)
      return [name, ...(column.gaps ? [`${name} is known`] : [])]
    }).flat(),
  )

/**
 * Writes the place of a level, or a number, from `at` on over zeros; NaN, of which nothing is known, leaves all of them 0.
 */
export function writeCondition(column: ConditionColumn, value: number, out: Float32Array, at: number): void {
  if (Number.isNaN(value)) return
  if ('levels' in column) out[at + value] = 1
  else {
    out[at] = (value - column.mean) / column.deviation
    if (column.gaps) out[at + 1] = 1
  }
}

/** What was written: a level, a number, or null where nothing is known. */
export function conditionValue(column: ConditionColumn, values: ArrayLike<number>): Level | number | null {
  if ('levels' in column) return column.levels[Array.from(values).indexOf(1)] ?? null
  return column.gaps && values[1] !== 1 ? null : column.mean + column.deviation * values[0]
}

/**
 * Reads what people write of a column: the place of a level, or a number; NaN for null where training met gaps.
 *
 * Error, usage: `condition/value`.
 */
export function conditionReader(column: ConditionColumn): (cell: Cell) => number {
  const find = 'levels' in column ? levelFinder(column.levels) : undefined
  return (cell) => {
    if (cell === null) return column.gaps ? Number.NaN : refuseCell(column, cell)
    const value = find ? find(cell) : numberOf(cell)
    return value >= 0 || (!find && !Number.isNaN(value)) ? value : refuseCell(column, cell)
  }
}

function refuseCell(column: ConditionColumn, cell: Cell): never {
  return fail({
    code: 'condition/value',
    seen: `${column.name} = ${typeof cell === 'string' ? `"${cell.slice(0, 40)}"` : cell}`,
    wanted: `${'levels' in column ? `one of ${levelList(column.levels, 20)}` : 'a number'}${column.gaps ? ', or null' : ''}`,
    fix: 'give a value that training knew',
    usage: true,
  })
}
