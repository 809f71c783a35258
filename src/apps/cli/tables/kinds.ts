import {
  BetavaeError,
  broughtBy,
  type KindChoice,
  kindsWith,
  type Level,
  type Part,
} from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'

/** One `--kind column=kind`. */
export type ColumnKindChoice = readonly [column: string, choice: KindChoice]

const EXAMPLE = 'visits=count'

type ColumnKindOption = OptionSpec<ColumnKindChoice> & { readonly repeats: true }

/** Corrects what a column is taken for; kinds that were brought are among those to take. */
function columnKindAmong(parts: readonly Part[]): ColumnKindOption {
  const names = kindsWith(broughtBy(parts)).flatMap(({ name, isFound }) => (isFound ? [] : [name]))
  return {
    argument: '<column=kind>',
    description: `what a column is: ${names.join(', ')}; size=ordinal:S,M,L names levels, least first; zone=categorical:NA,EU words that are no gaps; day=datetime:dmy which number is the day; price=real:comma what stands before decimals; may be repeated`,
    repeats: true,
    among: columnKindAmong,
    read(text, flag) {
      const [, column, kind, levels] = /^(.+)=([^=:]+)(?::(.*))?$/s.exec(text) ?? []
      if (!names.includes(kind))
        return refuseValue(flag, text, `column=kind, a kind of ${names.join(', ')}`, EXAMPLE)
      return [column, levels === undefined ? kind : choiceOf(kind, levels, text, flag)]
    },
  }
}

/** Corrects what a column is taken for. */
export const columnKind = columnKindAmong([])

const ORDERS = ['dmy', 'mdy', 'ymd'] as const
const DECIMALS = ['comma', 'point'] as const

/** A kind with what is said after its colon. */
function choiceOf(kind: string, said: string, text: string, flag: string): KindChoice {
  const levels = said.split(said.includes('|') ? '|' : ',')
  if (kind === 'ordinal' && levels.length > 1) return { kind, levels }
  if ((kind === 'categorical' || kind === 'binary') && said !== '') return { kind, levels }
  const order = ORDERS.find((each) => each === said)
  if (kind === 'datetime' && order) return { kind, order }
  const decimals = DECIMALS.find((each) => each === said)
  if ((kind === 'real' || kind === 'count') && decimals) return { kind, decimals }
  return kind === 'datetime'
    ? refuseValue(flag, text, `an order of day, month and year: ${ORDERS.join(', ')}`, 'day=datetime:dmy')
    : refuseValue(
        flag,
        text,
        'levels of an ordinal column, two at least, or of a categorical or binary one; of numbers comma or point',
        'size=ordinal:S,M,L',
      )
}

/** One `--missing column=value,…`. */
export type MissingChoice = readonly [column: string, values: readonly Level[]]

/** Names values that stand for missing. */
export const columnMissing: OptionSpec<MissingChoice> & { readonly repeats: true } = {
  argument: '<column=value,…>',
  description: 'values that stand for missing, such as temp=-999; those of * in all columns; may be repeated',
  repeats: true,
  read(text, flag) {
    const at = text.lastIndexOf('=')
    const values = text.slice(at + 1).split(',')
    if (at < 1 || values.includes('')) return refuseValue(flag, text, 'column=value', 'temp=-999')
    return [text.slice(0, at), values.map(levelIn)]
  },
}

/** A value as a table's cells become levels. */
const levelIn = (text: string): Level => (String(Number(text)) === text ? Number(text) : text)

/** Values that stand for missing, by column. */
export const missingIn = (given: readonly MissingChoice[]): Readonly<Record<string, readonly Level[]>> => {
  const values: Record<string, readonly Level[]> = {}
  for (const [column, own] of given) values[column] = [...(values[column] ?? []), ...own]
  return values
}

/** Kinds by column. Error: `cli/twice` for two of one column. */
export function kindsOf(given: readonly ColumnKindChoice[]): Readonly<Record<string, KindChoice>> {
  const columns = given.map(([column]) => column)
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined)
    throw new BetavaeError({
      code: 'cli/twice',
      seen: `two kinds for column "${twice}"`,
      wanted: '--kind once for each column',
      fix: 'keep the one that is meant',
      usage: true,
    })
  return Object.fromEntries(given)
}
