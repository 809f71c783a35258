import { BetavaeError, columnKinds, type KindChoice } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'

/** One `--kind column=kind`. */
export type ColumnKindChoice = readonly [column: string, choice: KindChoice]

const names = columnKinds.map(({ name }) => name)
const EXAMPLE = 'visits=count'

/** Corrects what a column is taken for. */
export const columnKind: OptionSpec<ColumnKindChoice> & { readonly repeats: true } = {
  argument: '<column=kind>',
  description: `what a column is: ${names.join(', ')}; size=ordinal:S,M,L names levels, least first; may be repeated`,
  repeats: true,
  read(text, flag) {
    const [, column, name, levels] = /^(.+)=([^=:]+)(?::(.*))?$/s.exec(text) ?? []
    const kind = names.find((each) => each === name)
    if (kind === undefined)
      return refuseValue(flag, text, `column=kind, a kind of ${names.join(', ')}`, EXAMPLE)
    if (levels === undefined) return [column, kind]
    return kind === 'ordinal' && levels.includes(',')
      ? [column, { kind, levels: levels.split(',') }]
      : refuseValue(flag, text, 'levels for an ordinal column alone, two at least', 'size=ordinal:S,M,L')
  },
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
