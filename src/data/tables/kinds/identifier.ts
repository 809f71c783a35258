import * as z from 'zod/mini'
import { levelKey } from '../levels.ts'
import type { ColumnSummary } from '../tally/summary.ts'
import { MOST_LEVELS } from './categorical.ts'
import { codeReason, FEW_KEYS, isKeyName } from './codes.ts'
import { allLevels, isNumeric, valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'
import { namePatternSchema, numberPattern, textPattern } from './name-pattern.ts'

const NUMBERING_NAME =
  /^(?:#|(?:s|sl|sr)?\.?\s?no\.?|nr\.?|num|number|index|row|rownum|row[_ ]number|lfd\.? ?nr\.?|seq|sequence|obs|obs_?no|obsnum|line|record|idx|rn|row[_ ]?(?:nr|id|index))$/i
/** What R calls the numbers of rows that it finds; the numbers from 0 or 1 on, in the first column or beside others of rows. */
const FOUND_NAME = /^X(?:\.?[1-9])?$/
/** What pandas, R and readers of their files call the numbers of rows; they need not count where rows were picked. */
const ROWS_NAME =
  /^(?:unnamed: ?\d+(?:\.\d+)*|rownames|row\.?names|__index_level_\d+__|level_0|\.\.\.1|_c0|column0)$/i
/** Those that number rows though numbers come again, as after tables were put together. */
const ANEW_NAME = /^(?:unnamed: ?0(?:\.\d+)*|rownames|row\.?names|__index_level_\d+__|level_0)$/i
/** Of fewer rows nobody can tell. */
const LEAST_ROWS = 3
/** Up to so many levels are never free text. */
const FEW_TEXTS = 20
/** Texts with so many words or more on average are sentences. */
const SENTENCE = 4
/** Texts whose words are counted. */
const LOOKED_AT = 200
const LIST = /^\s*[[{(].*[\]})]\s*$/s

/** Whether the sampled numbers all differ. */
const allDiffer = (sorted: Float64Array): boolean =>
  sorted.every((value, at) => at === 0 || value !== sorted[at - 1])

/** Numbers that say who or what a row is about, such as the subject of a panel; few of them are levels (`codeReason`). */
function keysRepeat({ name, numbers }: ColumnSummary): string | undefined {
  const different = numbers.levels?.length
  return different !== undefined && different <= FEW_KEYS
    ? undefined
    : `whole numbers that name who or what a row is about, in a column called "${name}"`
}

/** Whether numbers begin with 0 or 1 and leave none out, as those of rows that were put together from several tables. */
const beginsAnew = ({ numbers: { low, high, levels } }: ColumnSummary): boolean =>
  (low === 0 || low === 1) && high > FEW_KEYS && (levels === undefined || levels.length === high - low + 1)

function numbersIdentify(summary: ColumnSummary): string | undefined {
  const { name, place, isNamed, numbers } = summary
  if (valueCount(summary) < LEAST_ROWS) return undefined
  const differ = allDiffer(numbers.sample)
  if (differ && !isNamed && place === 0)
    return numbers.whole
      ? 'it numbers the rows, without a name'
      : 'it names the rows, without a name of its own'
  if (!numbers.whole) return undefined
  const isAnew = isNamed ? ANEW_NAME.test(name) : place === 0 && beginsAnew(summary)
  if ((differ && ROWS_NAME.test(name)) || isAnew) return 'it numbers the rows'
  if (isKeyName(name) && !differ) return keysRepeat(summary)
  if (!differ) return undefined
  const isFirst = numbers.low === 0 || numbers.low === 1
  const isFound = place < 2 && isFirst && FOUND_NAME.test(name)
  if (numbers.consecutive && (isFound || NUMBERING_NAME.test(name) || (place === 0 && name === '0')))
    return 'it numbers the rows'
  return isKeyName(name) || name.toLowerCase() === 'key'
    ? `whole numbers that all differ, in a column called "${name}"`
    : undefined
}

/** What texts are that differ from row to row. */
function nature({ texts: { levels } }: ColumnSummary): string {
  const some = levels.slice(0, LOOKED_AT).map(({ level }) => levelKey(level))
  if (some.length > 0 && some.every((text) => LIST.test(text))) return 'lists in its cells, '
  const words = some.reduce((sum, text) => sum + text.split(/\s+/).length, 0)
  return words >= SENTENCE * some.length ? 'free text, ' : ''
}

function textsIdentify(summary: ColumnSummary): string | undefined {
  const values = valueCount(summary)
  const { levels, complete } = summary.texts
  const all = allLevels(summary)
  const different = all?.length ?? levels.length
  const code = codeReason(summary)
  const what = code === undefined ? nature(summary) : `${code}, `
  if (all !== undefined && different === values && values >= LEAST_ROWS) return `${what}every value differs`
  if (code !== undefined && all === undefined) return `${what}more than 1,024 different ones`
  if (different <= FEW_TEXTS) return undefined
  const texts = `${what}${complete ? different : `more than ${different}`} different texts in ${values} rows`
  if (different > values / 2) return texts
  const commonest = [...(all ?? levels)].sort((a, b) => b.count - a.count).slice(0, MOST_LEVELS)
  const covered = commonest.reduce((sum, { count }) => sum + count, 0)
  return covered < values / 2
    ? `${texts}, of which the ${MOST_LEVELS} commonest cover ${Math.round((100 * covered) / values)}%`
    : undefined
}

/** Names of rows and free text: what differs from row to row says nothing about the next one. */
export const identifier = defineKind({
  name: 'identifier',
  summary: 'names rows: left out',
  fields: {
    /** How new names are built; absent where names have no pattern. */
    pattern: z.optional(namePatternSchema),
  },
  suits: (summary) => (isNumeric(summary) ? numbersIdentify(summary) : textsIdentify(summary)),
  doubt({ numbers, ...summary }) {
    const isWhole = numbers.whole && numbers.count === valueCount({ numbers, ...summary })
    return isWhole && numbers.count >= LEAST_ROWS && numbers.form === undefined && allDiffer(numbers.sample)
      ? 'whole numbers that all differ'
      : undefined
  },
  fit(summary) {
    const { numbers, texts } = summary
    const pattern = isNumeric(summary)
      ? numbers.whole && numbers.form === undefined
        ? numberPattern(numbers.high)
        : undefined
      : textPattern((allLevels(summary) ?? texts.levels).map(({ level }) => levelKey(level)))
    return pattern === undefined ? {} : { pattern }
  },
  describe: ({ reason }) => `left out: ${reason}`,
})
