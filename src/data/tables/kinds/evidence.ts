/** What a column's summary says that several kinds ask for. */
import { isBound } from '../forms/marks.ts'
import { compareLevels, type Level, levelText } from '../levels.ts'
import type { LevelCount } from '../tally/number-tally.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { codeReason } from './codes.ts'

/** Up to this share of texts among numbers is taken for odd cells, which count as missing. */
const STRAY = 0.01
/** Numbers and texts with at most this many levels, each met a few times, are levels together. */
const FEW_LEVELS = 20
const TIMES_MET = 3
/** Odd cells that are named. */
const NAMED = 3

/** Number of cells that are not missing. */
export const valueCount = ({ rows, missing }: ColumnSummary): number => rows - missing

/** A number of a column of codes is the text that it was. */
const asCode = ({ level, count }: LevelCount): LevelCount => ({ level: String(level), count })

/** Every level with its count, numbers first; undefined where there were too many to keep. */
export function allLevels(summary: ColumnSummary): readonly LevelCount[] | undefined {
  const { numbers, texts, codes } = summary
  if (!numbers.levels || !texts.complete) return undefined
  const own =
    codes > 0 ? [...numbers.levels, ...texts.levels].map(asCode) : [...numbers.levels, ...texts.levels]
  return own
}

/** Whether a column is one of numbers, be it with some texts among them that are mistakes. */
export function isNumeric(summary: ColumnSummary): boolean {
  const { numbers, texts } = summary
  const values = valueCount(summary)
  if (numbers.count === 0 || codeReason(summary) !== undefined) return false
  if (texts.count <= STRAY * values) return true
  const different = allLevels(summary)?.length ?? Number.POSITIVE_INFINITY
  return numbers.count >= values / 2 && !(different <= FEW_LEVELS && different * TIMES_MET <= values)
}

/** The levels of a column, without mistakes among numbers, in their natural order; undefined where too many. */
export function levelsOf(summary: ColumnSummary): readonly LevelCount[] | undefined {
  const levels = isNumeric(summary) ? summary.numbers.levels : allLevels(summary)
  return levels && [...levels].sort((a, b) => compareLevels(a.level, b.level))
}

/** The texts among the numbers of a column, as the end of a sentence; empty where there are none. */
export function strayRemark(summary: ColumnSummary): string {
  const { count, first, levels } = summary.texts
  if (count === 0) return ''
  const placed = first.map(({ cell, place }) => `"${levelText(cell as Level)}" in ${place}`)
  const named =
    placed.length > 0 ? placed : levels.slice(0, NAMED).map(({ level }) => `"${levelText(level)}"`)
  const found = named.join(', ')
  const be = count === 1 ? 'is no number and counts as missing' : 'are no numbers and count as missing'
  const [only, other] = summary.texts.levels
  const isBounded = levels.some(({ level }) => isBound(String(level)))
  const remedy =
    only === undefined || other !== undefined || count === 1
      ? ''
      : ` (if it stands for missing, say --missing '${summary.name}=${levelText(only.level)}')`
  return `; ${count} of ${valueCount(summary)} cells ${be}: ${found}${count > named.length ? ', …' : ''}${isBounded ? BOUNDED : ''}${remedy}`
}

/** Texts that bound a number say so much of it; of what they say a model knows nothing. */
const BOUNDED = ' (bounds such as <0.01 are kept as they are, and not learned from)'

/** A number in four digits. */
export const short = (value: number): string => `${Number(value.toPrecision(4))}`
