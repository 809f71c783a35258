import { fail } from '../../base/errors.ts'
import type { KindChoice } from './kind-choice.ts'
import type { Told } from './kinds/told.ts'
import { remarksOn } from './remarks.ts'
import { type ColumnKind, type ColumnSchema, columnKinds, columnOf, type KindName, kindOf } from './schema.ts'
import type { ColumnSummary } from './tally/summary.ts'

/** Another kind that a column could be of. */
export interface Alternative {
  readonly kind: KindName
  readonly why: string
}

/** What a column is taken for, and what else it could be. */
export interface JudgedColumn {
  readonly column: ColumnSchema
  readonly alternatives: readonly Alternative[]
}

const inferredKind = (summary: ColumnSummary): { kind: ColumnKind; reason: string } => {
  for (const kind of columnKinds) {
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
      : { levels: choice.levels }

const kindNameOf = (choice: KindChoice): KindName => (typeof choice === 'string' ? choice : choice.kind)

function toldKind(name: string, choice: KindChoice) {
  const kind = kindNameOf(choice)
  if (!columnKinds.some(({ name }) => name === kind))
    fail({
      code: 'table/kind',
      seen: `kind "${kind}" for column "${name}"`,
      wanted: `one of ${columnKinds.map(({ name }) => name).join(', ')}`,
      fix: 'say one of these',
      usage: true,
    })
  return { kind: kindOf(kind), reason: 'said so' }
}

/** Kinds that somebody might have meant, and that the column can be of. */
const alternativesTo = (kind: ColumnKind, summary: ColumnSummary): Alternative[] =>
  columnKinds.flatMap((other) => {
    const why = other === kind ? undefined : other.doubt?.(summary)
    return why === undefined || typeof other.fit(summary) === 'string' ? [] : [{ kind: other.name, why }]
  })

/** The kind of a column and its fields, among the columns of its table. Error: `table/kind`. */
export function judgeColumn(
  summary: ColumnSummary,
  choice: KindChoice | undefined,
  columns: readonly ColumnSummary[],
): JudgedColumn {
  const { name, rows, missing, absent } = summary
  const told = choice === undefined ? undefined : toldKind(name, choice)
  const { kind, reason } = told ?? inferredKind(summary)
  const fields = kind.fit(summary, toldOf(choice))
  if (typeof fields === 'string')
    return fail({
      code: 'table/kind',
      seen: `column "${name}" as ${kind.name}, though ${fields}`,
      wanted: `a column of this kind (${kind.summary})`,
      fix: `say another kind for it${told ? ', or none' : ''}`,
      usage: true,
    })
  const said = `${reason}${remarksOn({ summary, kind: kind.name, columns })}`
  return {
    column: columnOf({
      ...{ name, kind: kind.name, missing: missing / rows, reason: said },
      ...(absent.length > 0 && { absent }),
      ...fields,
    }),
    alternatives: told ? [] : alternativesTo(kind, summary),
  }
}
