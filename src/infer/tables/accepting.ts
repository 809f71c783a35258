/** New rows are drawn until as many as were asked for keep what is asked of them. */
import { fail } from '../../base/errors.ts'
import type { Cell } from '../../data/tables/cell.ts'
import { levelList } from '../../data/tables/levels.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import { keepRules, type PlainRow } from '../../statistics/rules/keep.ts'
import { type Rule, ruleText } from '../../statistics/rules/rule.ts'
import { type Condition, readRule, readWhere } from './conditions.ts'
import { type PlainColumn, plainColumns } from './plain-cells.ts'

/** How new rows came to be. @inline */
export interface Drawn {
  /** Rows that were drawn in all, and those of them that were taken. */
  readonly rows: number
  readonly kept: number
  /** What was held to, in words, and how many of the rows drawn were left for it. */
  readonly rules: readonly { readonly text: string; readonly broken: number }[]
}

interface Asked {
  readonly where?: string
  readonly rules: readonly string[]
  readonly unique?: readonly string[]
  readonly learned?: boolean
}

/** What is asked of rows of a table. */
export interface Acceptance {
  readonly texts: readonly string[]
  /** Whether any row may be refused or changed. */
  readonly asks: boolean
  /** The cells of a row that keeps everything, and the place of what it breaks; `mending` changes rows that break learned rules. */
  judge(
    cells: readonly Cell[],
    mending: boolean,
  ): { readonly cells: readonly Cell[]; readonly broken?: number }
}

/**
 * `found` are the rules that a model knows, `reference` rows that it drew. Errors, usage: `infer/where`, `infer/rule`,
 * `infer/unique`.
 */
export function acceptance(
  schema: TableSchema,
  names: readonly string[],
  asked: Asked,
  { found, reference }: { readonly found: readonly Rule[]; readonly reference: readonly (readonly Cell[])[] },
): Acceptance {
  const columns = plainColumns(schema, names)
  const learned = asked.learned === false ? [] : found
  const plain = (cells: readonly Cell[]): PlainRow => columns.map((column, at) => column.read(cells[at]))
  const keeper = keepRules(learned, names, learned.length > 0 ? reference.map(plain) : [])
  const conditions: readonly Condition[] = [
    ...(asked.where === undefined ? [] : readWhere(asked.where, columns)),
    ...asked.rules.map((text) => readRule(text, columns)),
    ...(asked.unique ?? []).map((name) => onceOnly(name, columns)),
  ]
  return {
    texts: [...learned.map(ruleText), ...conditions.map(({ text }) => text)],
    asks: learned.length > 0 || conditions.length > 0,
    judge(cells, mending) {
      const row = plain(cells)
      const before = [...row]
      keeper.make(row)
      if (mending && keeper.broken(row) !== undefined) keeper.mend(row)
      const broken =
        keeper.broken(row) ??
        asPlace(
          learned.length,
          conditions.findIndex(({ holds }) => !holds(row)),
        )
      const changed = row.map((value, at) =>
        value === before[at] || value === null ? cells[at] : columns[at].write(value),
      )
      // What a model was given stands behind the columns that it makes.
      return { cells: [...changed, ...cells.slice(columns.length)], broken }
    },
  }
}

const asPlace = (before: number, place: number): number | undefined =>
  place < 0 ? undefined : before + place

/** Values that have come already are refused. */
function onceOnly(name: string, columns: readonly PlainColumn[]): Condition {
  const place = columns.findIndex((column) => column.name === name)
  if (place < 0)
    fail({
      code: 'infer/unique',
      seen: `unique "${name}"`,
      wanted: `a column of the model: ${levelList(
        columns.map((column) => column.name),
        20,
      )}`,
      fix: 'name one of them; columns that name rows are made anew: --identifiers new, { identifiers: new }',
      usage: true,
    })
  const seen = new Set<number | string>()
  return {
    text: `${name} never twice`,
    holds(row) {
      const value = row[place]
      if (value === null) return true
      if (seen.has(value)) return false
      seen.add(value)
      return true
    },
  }
}

/** Rounds after which rows that break a rule of the table are mended instead of drawn anew. */
const DRAWN_ANEW = 6
/** Rows that are drawn for one that is taken, at most. */
const MOST_DRAWN = 1000
/** Rows that are drawn at once. */
const AT_ONCE = 20_000

/** Draws until `count` rows are accepted. Error: `infer/rare` where hardly any is. */
export async function drawUntil(
  count: number,
  { asks, judge, texts }: Acceptance,
  draw: (rows: number, round: number) => Promise<readonly (readonly Cell[])[]>,
  mostDrawn = MOST_DRAWN,
): Promise<{ readonly rows: readonly (readonly Cell[])[]; readonly drawn?: Drawn }> {
  if (!asks) return { rows: await draw(count, 0) }
  const rows: (readonly Cell[])[] = []
  const broken = new Map<number, number>()
  let tried = 0
  let total = 0
  for (let round = 0; rows.length < count; round++) {
    const left = count - rows.length
    const wanted = round === 0 ? left : Math.ceil((1.2 * left * total) / Math.max(rows.length, 1)) + 16
    const made = await draw(Math.min(wanted, round === 0 ? count : AT_ONCE), round)
    total += made.length
    for (const cells of made) {
      if (rows.length === count) break
      const judged = judge(cells, round >= DRAWN_ANEW)
      tried++
      if (judged.broken !== undefined) broken.set(judged.broken, (broken.get(judged.broken) ?? 0) + 1)
      if (judged.broken === undefined) rows.push(judged.cells)
    }
    if (rows.length < count && total > mostDrawn * count + AT_ONCE)
      refuseRare(rows.length, total, texts, broken)
  }
  return {
    rows,
    drawn: {
      rows: tried,
      kept: rows.length,
      rules: texts.map((text, at) => ({ text, broken: broken.get(at) ?? 0 })),
    },
  }
}

function refuseRare(
  kept: number,
  total: number,
  texts: readonly string[],
  broken: ReadonlyMap<number, number>,
): never {
  const [worst] = [...broken].sort((a, b) => b[1] - a[1])
  return fail({
    code: 'infer/rare',
    seen: `${kept} of ${total} rows that keep everything asked for, most break ${texts[worst?.[0] ?? 0]}`,
    wanted: 'at least one in a thousand',
    fix: 'ask for less at once, for fewer rows, or train on rows that are like these',
    usage: true,
  })
}
