/** What a request says that a model is given, and what a server says of that. */
import { fail } from '../../../base/errors.ts'
import type { Condition, ConditionColumn } from '../../../data/condition.ts'
import type { Cell } from '../../../data/tables/cell.ts'
import { levelList } from '../../../data/tables/levels.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Given } from '../../../infer/given.ts'
import { splitWhere } from '../../../infer/tables/given-columns.ts'
import { givenIn } from '../../../infer/where.ts'
import type { GivenFacts } from './protocol.ts'

const shownValue = (value: unknown): string => JSON.stringify(value)?.slice(0, 40) ?? 'nothing'

const isCell = (value: unknown): value is Cell =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** A condition as JSON has it: by name a value for all, or one for each. Error: `serve/body`. */
export function conditionIn(sent: unknown): Given {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return refuseCondition(shownValue(sent))
  for (const [name, value] of Object.entries(sent))
    if (!(Array.isArray(value) ? value.every(isCell) : isCell(value)))
      refuseCondition(`${name}: ${shownValue(value)}`)
  return sent as Given
}

const refuseCondition = (seen: string): never =>
  fail({
    code: 'serve/body',
    seen: `the condition ${seen}`,
    wanted: 'an object from names to a value for all, or a list of one for each, such as {"label": 3}',
    fix: 'send what GET /openapi.json describes',
    usage: true,
  })

/** Conditions that came one by one, together; what one of them lacks is not known of it. Error: `serve/body`. */
export function conditionsTogether(sent: readonly unknown[]): Given | undefined {
  if (sent.every((one) => one === undefined)) return undefined
  const each = sent.map((one) => conditionIn(one ?? {}))
  const names = new Set(each.flatMap((one) => Object.keys(one)))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      each.map((one) => {
        const value = one[name] ?? null
        return isCell(value) ? value : refuseCondition(`${name}: ${shownValue(value)}`)
      }),
    ]),
  )
}

/**
 * What an address says of the condition, as `label=3,age=40`.
 *
 * Error: `serve/option`; of tables `infer/where`, too.
 */
export function whereIn(
  text: string | undefined,
  condition: Condition | undefined,
  given?: TableSchema,
): Given | undefined {
  if (text === undefined) return undefined
  if (!condition || !given) return givenIn(text) ?? refuseWhere(text)
  const { given: asked, rest } = splitWhere(text, given, condition)
  return rest === undefined ? asked : refuseWhere(rest)
}

const refuseWhere = (text: string): never =>
  fail({
    code: 'serve/option',
    seen: `where=${text}`.slice(0, 80),
    wanted: 'names of what the model is given with values, such as label=3',
    fix: 'name what GET /models says that the model is given',
    usage: true,
  })

/** What a model is given, for people and forms; with examples, where somebody knows better ones. */
export const givenFacts = (condition: Condition, examples: readonly Cell[] = []): GivenFacts[] =>
  condition.map((column, at) => ({
    name: column.name,
    about: aboutOf(column),
    example: examples[at] ?? ('levels' in column ? column.levels[0] : Number(column.mean.toPrecision(3))),
    gaps: column.gaps === true,
    ...('levels' in column && { levels: column.levels }),
  }))

const aboutOf = (column: ConditionColumn): string =>
  'levels' in column
    ? `one of ${column.levels.length}: ${levelList(column.levels)}`
    : `a number, in training ${column.mean.toPrecision(3)} give or take ${column.deviation.toPrecision(3)}`
