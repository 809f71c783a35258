import { firstAtLeast } from '../../base/first-at-least.ts'
import { madeBy, namesOf, type PlainCell, type Rule, type RuleOf } from './rule.ts'

/** A row by the places of its columns; `keepRules` writes into it. */
export type PlainRow = PlainCell[]

/** What keeps rules in rows of the columns that it was made for. */
export interface RuleKeeper {
  /** Columns that rules make from others, by place. */
  readonly made: ReadonlySet<number>
  /** Fills in what rules make from other columns; gaps stay gaps. */
  make(row: PlainRow): void
  /** The first rule, by place, that a row breaks; undefined where it keeps all. */
  broken(row: PlainRow): number | undefined
  /** Changes a row so that it keeps the rules: numbers in wrong order change places, levels that never meet are replaced. */
  mend(row: PlainRow): void
}

interface Kept {
  make?(row: PlainRow): void
  holds(row: PlainRow): boolean
  mend?(row: PlainRow): void
}

/**
 * Rules about columns that are not there are left aside. `reference` are rows that a model drew, by which its residuals of
 * near sums are known; without them it keeps its own.
 */
export function keepRules(
  rules: readonly Rule[],
  columns: readonly string[],
  reference: readonly PlainRow[] = [],
): RuleKeeper {
  const place = new Map(columns.map((name, at) => [name, at]))
  const there = rules.filter((rule) => namesOf(rule).every((name) => place.has(name)))
  const at = (name: string): number => place.get(name) as number
  const kept = inOrder(there).map((rule) => keptRule(rule, at, reference))
  const checks = there.map((rule) => keptRule(rule, at, []))
  return {
    made: new Set(there.flatMap((rule) => madeBy(rule) ?? []).map(at)),
    make(row) {
      for (const rule of kept) rule.make?.(row)
    },
    broken(row) {
      const found = checks.findIndex((rule) => !rule.holds(row))
      return found < 0 ? undefined : found
    },
    mend(row) {
      for (let round = 0; round < 3; round++) {
        for (const rule of kept) if (!rule.holds(row)) rule.mend?.(row)
        for (const rule of kept) rule.make?.(row)
      }
    },
  }
}

/** What makes a column stands before what is made from that. */
function inOrder(rules: readonly Rule[]): Rule[] {
  const left = [...rules]
  const sorted: Rule[] = []
  while (left.length > 0) {
    const waiting = new Set(left.flatMap((rule) => madeBy(rule) ?? []))
    const next = left.findIndex((rule) =>
      namesOf(rule).every((name) => name === madeBy(rule) || !waiting.has(name)),
    )
    sorted.push(...left.splice(Math.max(next, 0), 1))
  }
  return sorted
}

function keptRule(rule: Rule, at: (name: string) => number, reference: readonly PlainRow[]): Kept {
  switch (rule.kind) {
    case 'sum':
      return keptSum(rule, at)
    case 'near':
      return keptNear(rule, at, reference)
    case 'pinned':
      return keptPinned(rule, at)
    case 'order':
      return keptOrder(rule, at, reference)
    case 'follows':
      return keptFollower(rule, at)
    case 'never':
      return keptApart(rule, at)
  }
}

type SumOf = (row: PlainRow) => number

/** What a sum comes to in a row; NaN where one of its terms is missing. */
function sumIn(
  { terms, constant }: Pick<RuleOf<'sum'>, 'terms' | 'constant'>,
  at: (name: string) => number,
): SumOf {
  const parts = terms.map(({ column, factor }) => ({ place: at(column), factor }))
  return (row) =>
    parts.reduce((total, { place, factor }) => {
      const value = row[place]
      return total + factor * (typeof value === 'number' ? value : Number.NaN)
    }, constant)
}

function keptSum(rule: RuleOf<'sum'>, at: (name: string) => number): Kept {
  const target = at(rule.column)
  const sum = sumIn(rule, at)
  return {
    make(row) {
      const value = sum(row)
      if (row[target] !== null && !Number.isNaN(value)) row[target] = value
    },
    holds(row) {
      const gap = Math.abs(sum(row) - Number(row[target] ?? Number.NaN))
      return Number.isNaN(gap) || gap <= rule.within * 1.001
    },
  }
}

/** A residual of the model becomes the one of the same rank in the table. */
function keptNear(
  rule: Pick<RuleOf<'near'>, 'column' | 'terms' | 'constant' | 'residuals'>,
  at: (name: string) => number,
  reference: readonly PlainRow[],
): Kept {
  const target = at(rule.column)
  const sum = sumIn(rule, at)
  const residual = (row: PlainRow): number => Number(row[target] ?? Number.NaN) - sum(row)
  const drawn = Float64Array.from(reference, residual)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const last = rule.residuals.length - 1
  return {
    make(row) {
      const own = residual(row)
      if (Number.isNaN(own) || drawn.length === 0) return
      const place = shareBelow(drawn, own) * last
      const below = Math.min(Math.floor(place), last - 1)
      const [low, high] = [rule.residuals[below], rule.residuals[below + 1]]
      row[target] = sum(row) + low + (place - below) * (high - low)
    },
    holds: () => true,
  }
}

/** The share of sorted numbers that lie below one. */
function shareBelow(sorted: Float64Array, value: number): number {
  return Math.min(Math.max((firstAtLeast(sorted, value) + 0.5) / (sorted.length + 1), 0), 1)
}

function keptPinned(
  { when: [name, level], column, value }: RuleOf<'pinned'>,
  at: (name: string) => number,
): Kept {
  const [leader, target] = [at(name), at(column)]
  return {
    make(row) {
      if (row[leader] === level && row[target] !== null) row[target] = value
    },
    holds: (row) => row[leader] !== level || row[target] === null || row[target] === value,
  }
}

function keptOrder(
  { low, high, strict, gaps }: RuleOf<'order'>,
  at: (name: string) => number,
  reference: readonly PlainRow[],
): Kept {
  const [a, b] = [at(low), at(high)]
  const terms = [{ column: low, factor: 1 }]
  return {
    ...(gaps && {
      make: keptNear({ column: high, terms, constant: 0, residuals: gaps }, at, reference).make,
    }),
    holds(row) {
      const [below, above] = [row[a], row[b]]
      if (typeof below !== 'number' || typeof above !== 'number') return true
      return strict ? below < above : below <= above
    },
    mend(row) {
      if ((row[a] as number) > (row[b] as number)) [row[a], row[b]] = [row[b], row[a]]
    },
  }
}

function keptFollower({ from, column, values }: RuleOf<'follows'>, at: (name: string) => number): Kept {
  const [leader, follower] = [at(from), at(column)]
  const known = new Map(values)
  const least = new Map(values.map(([own, other]) => [other, own]))
  return {
    make(row) {
      const own = row[leader]
      const value = own === null ? undefined : known.get(own)
      if (value !== undefined && row[follower] !== null) row[follower] = value
    },
    holds(row) {
      const [own, other] = [row[leader], row[follower]]
      return own === null || other === null || known.get(own) === other
    },
    // What leads is not known to lead anywhere: something that leads where the row is.
    mend(row) {
      const own = row[leader]
      const other = row[follower]
      if (own !== null && !known.has(own) && other !== null) row[leader] = least.get(other) ?? values[0][0]
    },
  }
}

function keptApart({ columns: [first, second], pairs }: RuleOf<'never'>, at: (name: string) => number): Kept {
  const [a, b] = [at(first), at(second)]
  const apart = new Map<PlainCell, Set<PlainCell>>()
  for (const [own, other] of pairs) apart.set(own, (apart.get(own) ?? new Set()).add(other))
  return { holds: (row) => !apart.get(row[a])?.has(row[b]) }
}
