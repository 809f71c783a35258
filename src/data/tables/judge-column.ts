import { fail } from '../../base/errors.ts'
import { type Bearer, find, recordsOf } from '../../base/parts.ts'
import type { KindChoice } from './kind-choice.ts'
import type { Told } from './kinds/told.ts'
import { remarksOn } from './remarks.ts'
import { type ColumnKind, type ColumnSchema, columnBy, kindsWith } from './schema.ts'
import type { ColumnSummary } from './tally/summary.ts'

/** Another kind that a column could be of. */
export interface Alternative {
  readonly kind: string
  readonly why: string
}

/** What a column is taken for, and what else it could be. */
export interface JudgedColumn {
  readonly column: ColumnSchema
  readonly alternatives: readonly Alternative[]
}

const inferredKind = (
  summary: ColumnSummary,
  kinds: readonly ColumnKind[],
): { kind: ColumnKind; reason: string } => {
  for (const kind of kinds) {
    const reason = kind.suits(summary)
    if (reason !== undefined) return { kind, reason }
  }
  // The last kind takes whatever is not a number, and the one before it what is.
  throw new Error(`no kind suits column "${summary.name}"`)
}

/** What a choice says besides the kind. */
export const toldOf = (choice: KindChoice | undefined): Told =>
  choice === undefined || typeof choice === 'string'
    ? {}
    : 'order' in choice
      ? { order: choice.order }
      : 'decimals' in choice
        ? { decimals: choice.decimals }
        : { levels: choice.levels }

const toldName = (choice: KindChoice): string => (typeof choice === 'string' ? choice : choice.kind)

/** Error, usage: `table/kind` for a kind that nobody can say a column is of. */
function toldKind(name: string, choice: KindChoice, kinds: readonly ColumnKind[], bearer: Bearer) {
  const told = toldName(choice)
  const offered = kinds.filter(({ isFound }) => !isFound)
  const unknown = {
    code: 'table/kind',
    seen: `kind "${told}" for column "${name}"`,
    wanted: `one of ${offered.map((kind) => kind.name).join(', ')}`,
    fix: 'say one of these',
  }
  return { kind: find('column-kind', offered, told, recordsOf(bearer), unknown), reason: 'said so' }
}

/** Kinds that somebody might have meant, and that the column can be of. */
const alternativesTo = (
  kind: ColumnKind,
  summary: ColumnSummary,
  kinds: readonly ColumnKind[],
): Alternative[] =>
  kinds.flatMap((other) => {
    const why = other === kind ? undefined : other.doubt?.(summary)
    return why === undefined || typeof other.fit(summary) === 'string' ? [] : [{ kind: other.name, why }]
  })

/**
 * The word that gaps are written as more often than not at all. A number such as −999 is none: whoever reads new rows would
 * take it for one.
 */
function gapOf({ missing, missingWords }: ColumnSummary): { gap?: string } {
  const words = missingWords.filter(({ level }) => Number.isNaN(Number(level)))
  const [most] = [...words].sort((a, b) => b.count - a.count)
  const empty = missingWords.reduce((left, { count }) => left - count, missing)
  return most !== undefined && most.count > empty ? { gap: String(most.level) } : {}
}

/** The kind of a column and its fields, among the columns of its table. Error: `table/kind`. */
export function judgeColumn(
  summary: ColumnSummary,
  choice: KindChoice | undefined,
  columns: readonly ColumnSummary[],
  bearer: Bearer = {},
): JudgedColumn {
  const { name, rows, missing, absent } = summary
  const kinds = kindsWith(bearer)
  const told = choice === undefined ? undefined : toldKind(name, choice, kinds, bearer)
  const { kind, reason } = told ?? inferredKind(summary, kinds)
  const fields = kind.fit(summary, toldOf(choice))
  if (typeof fields === 'string')
    return fail({
      code: 'table/kind',
      seen: `column "${name}" as ${kind.name}, though ${fields}`,
      wanted: `a column of this kind (${kind.summary})`,
      fix: `say another kind for it${told ? ', or none' : ''}`,
      usage: true,
    })
  const odd = kind.oddIn?.(summary) ?? 0
  const said = `${reason}${remarksOn({ summary, kind: kind.name, columns })}`
  return {
    column: columnBy(bearer, {
      ...{ name, kind: kind.name, missing: missing / rows, reason: said },
      ...(absent.length > 0 && { absent }),
      ...gapOf(summary),
      ...(odd > 0 && { odd }),
      ...fields,
    }),
    alternatives: told ? [] : alternativesTo(kind, summary, kinds),
  }
}
