import {
  areNumbers,
  FEWEST_ROWS,
  type LevelColumn,
  type NumberColumn,
  type RuleColumn,
  SURE,
  valueIn,
} from './columns.ts'
import type { RuleOf } from './rule.ts'

/** Numbers with more values than this are no codes. */
const MOST_VALUES = 64
/** Pairs of values that may be kept of two columns. */
const MOST_PAIRS = 512

type Value = number | string

/** Columns with few values, each met several times on average, and their known rows. */
export const codedColumns = (columns: readonly RuleColumn[]): readonly RuleColumn[] =>
  columns.filter((column) => {
    if (column.kind === 'date') return false
    const most = (column.kind === 'level' ? 4 : 1) * MOST_VALUES
    const different = differentIn(column, most)
    return different > 1 && different <= most && 4 * different <= column.values.length
  })

/** How many values a column has, the missing one included; of more than so many it is not known how many. */
function differentIn({ values }: RuleColumn, most = Number.POSITIVE_INFINITY): number {
  const seen = new Set<Value | null>()
  for (let row = 0; row < values.length && seen.size <= most; row++) seen.add(values[row])
  return seen.size
}

/** How often pairs of values meet, of the rows in which both are known and stand for themselves. */
interface Meetings {
  readonly rows: number
  readonly pairs: ReadonlyMap<Value, ReadonlyMap<Value, number>>
  readonly left: ReadonlyMap<Value, number>
  readonly right: ReadonlyMap<Value, number>
}

function meetingsOf(a: RuleColumn, b: RuleColumn): Meetings {
  const pairs = new Map<Value, Map<Value, number>>()
  const left = new Map<Value, number>()
  const right = new Map<Value, number>()
  let rows = 0
  for (let row = 0; row < a.values.length; row++) {
    const [own, other] = [valueIn(a, row), valueIn(b, row)]
    if (own === null || other === null) continue
    rows++
    left.set(own, (left.get(own) ?? 0) + 1)
    right.set(other, (right.get(other) ?? 0) + 1)
    const with_ = pairs.get(own) ?? new Map<Value, number>()
    with_.set(other, (with_.get(other) ?? 0) + 1)
    pairs.set(own, with_)
  }
  return { rows, pairs, left, right }
}

/**
 * Columns whose value another decides: each value of that one meets one value alone, in 50 rows and more that it could
 * have met others in, which by chance happens less than once in a million.
 */
export function findFollowers(
  columns: readonly RuleColumn[],
  made: ReadonlySet<string>,
): RuleOf<'follows'>[] {
  const coded = codedColumns(columns)
  const found = new Map<string, RuleOf<'follows'>>()
  const comesFrom = (column: string, from: string): boolean => {
    const rule = found.get(column)
    return rule !== undefined && (rule.from === from || comesFrom(rule.from, from))
  }
  // What has most values knows most; those who follow it are told by it.
  const sizes = new Map(coded.map((column) => [column, differentIn(column)]))
  const leaders = [...coded].sort((a, b) => (sizes.get(b) as number) - (sizes.get(a) as number))
  for (const column of coded) {
    if (made.has(column.name)) continue
    for (const from of leaders) {
      if (from === column || made.has(from.name) || comesFrom(from.name, column.name)) continue
      const meetings = meetingsOf(from, column)
      if (!decides(meetings)) continue
      const values = [...meetings.pairs].map(([own, others]): [Value, Value] => [own, [...others.keys()][0]])
      found.set(column.name, { kind: 'follows', from: from.name, column: column.name, values })
      break
    }
  }
  return [...found.values()]
}

function decides({ rows, pairs, right }: Meetings): boolean {
  if (![...pairs.values()].every((others) => others.size === 1)) return false
  const repeats = rows - pairs.size
  const agreeing = [...right.values()].reduce((sum, times) => sum + (times / rows) ** 2, 0)
  return repeats >= FEWEST_ROWS && -repeats * Math.log(agreeing) >= SURE
}

/** Values of two columns that never meet, though they would in 14 rows and more by chance. */
export function findNever(columns: readonly RuleColumn[], made: ReadonlySet<string>): RuleOf<'never'>[] {
  const coded = codedColumns(columns).filter(({ name }) => !made.has(name))
  return coded.flatMap((a, at) =>
    coded.slice(at + 1).flatMap((b): RuleOf<'never'>[] => {
      const { rows, pairs, left, right } = meetingsOf(a, b)
      const never: [Value, Value][] = []
      for (const [own, times] of left)
        for (const [other, others] of right)
          if ((times * others) / rows >= SURE && !pairs.get(own)?.has(other)) never.push([own, other])
      return never.length === 0 || never.length > MOST_PAIRS
        ? []
        : [{ kind: 'never', columns: [a.name, b.name], pairs: never }]
    }),
  )
}

/** Numbers that have one value wherever a column has a level, and others elsewhere so often that this is no chance. */
export function findPinned(columns: readonly RuleColumn[], made: ReadonlySet<string>): RuleOf<'pinned'>[] {
  const levels = codedColumns(columns).filter((column) => column.kind === 'level')
  const numbers = columns.filter(areNumbers).filter(({ kind, name }) => kind === 'number' && !made.has(name))
  return levels.flatMap((leader) => numbers.flatMap((column) => pinnedBy(leader, column)))
}

function pinnedBy(leader: LevelColumn, column: NumberColumn): RuleOf<'pinned'>[] {
  const only = new Map<Value, { value: Value; times: number } | null>()
  const counts = new Map<Value, number>()
  let rows = 0
  for (let row = 0; row < leader.values.length; row++) {
    const [own, value] = [valueIn(leader, row), valueIn(column, row)]
    if (own === null || value === null) continue
    rows++
    counts.set(value, (counts.get(value) ?? 0) + 1)
    const seen = only.get(own)
    if (seen === undefined) only.set(own, { value, times: 1 })
    else if (seen !== null) only.set(own, seen.value === value ? { value, times: seen.times + 1 } : null)
  }
  return [...only].flatMap(([own, seen]): RuleOf<'pinned'>[] => {
    if (seen === null || seen.times < FEWEST_ROWS) return []
    const usual = (counts.get(seen.value) ?? 0) / rows
    if (usual === 1 || -seen.times * Math.log(usual) < SURE) return []
    return [{ kind: 'pinned', when: [leader.name, own], column: column.name, value: Number(seen.value) }]
  })
}
