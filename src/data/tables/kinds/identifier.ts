import type { ColumnSummary } from '../tally.ts'
import { MOST_LEVELS } from './categorical.ts'
import { allLevels, isNumeric, valueCount } from './evidence.ts'
import { defineKind } from './kind.ts'

const ID_NAME = /^(?:id|uuid|guid|key)$|[_\s.-]id$/i
/** PassengerId, userID; not "acid". */
const CAMEL_ID_NAME = /[a-z]I[dD]$/
const NUMBERING_NAME =
  /^(?:|#|no\.?|nr\.?|num|number|index|row|rownum|row[_ ]number|unnamed: ?\d+|rownames)$/i
/** Of fewer rows nobody can tell. */
const LEAST_ROWS = 3
/** Up to so many levels are never free text. */
const FEW_TEXTS = 20

/** Whether the sampled numbers all differ. */
const allDiffer = (sorted: Float64Array): boolean =>
  sorted.every((value, at) => at === 0 || value !== sorted[at - 1])

function numbersIdentify(summary: ColumnSummary): string | undefined {
  const { name, numbers } = summary
  if (!numbers.whole || valueCount(summary) < LEAST_ROWS || !allDiffer(numbers.sample)) return undefined
  if (ID_NAME.test(name) || CAMEL_ID_NAME.test(name))
    return `whole numbers that all differ, in a column called "${name}"`
  return numbers.consecutive && NUMBERING_NAME.test(name) ? 'it numbers the rows' : undefined
}

function textsIdentify(summary: ColumnSummary): string | undefined {
  const values = valueCount(summary)
  const { levels, complete } = summary.texts
  const different = allLevels(summary)?.length ?? levels.length
  if (complete && different === values && values >= LEAST_ROWS) return 'every value differs'
  if (different <= FEW_TEXTS) return undefined
  const texts = `${complete ? different : `more than ${different}`} different texts in ${values} rows`
  if (different > values / 2) return texts
  const covered = levels.slice(0, MOST_LEVELS).reduce((sum, { count }) => sum + count, 0)
  return covered < values / 2
    ? `${texts}, of which the ${MOST_LEVELS} commonest cover ${Math.round((100 * covered) / values)}%`
    : undefined
}

/** Names of rows and free text: what differs from row to row says nothing about the next one. */
export const identifier = defineKind({
  name: 'identifier',
  summary: 'names rows: left out',
  fields: {},
  suits: (summary) => (isNumeric(summary) ? numbersIdentify(summary) : textsIdentify(summary)),
  fit: () => ({}),
  describe: ({ reason }) => `left out: ${reason}`,
})
