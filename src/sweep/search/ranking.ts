import { type Best, compareKeys, type Measures } from './best.ts'
import type { Judged } from './ladder.ts'
import { allSteps, type SearchMember, type SearchPlan } from './plan.ts'

/** What a member came to on a rung. */
export interface SearchResult {
  readonly member: string
  readonly rung: number
  readonly step: number
  /** Null where its numbers ran away. */
  readonly measures: Measures | null
  readonly reason?: string
}

/** A member where it ended. */
export interface RankedMember extends Omit<SearchMember, 'recipe'>, Omit<SearchResult, 'member'> {
  readonly steps: number
}

/** What a search found. */
export interface Ranking {
  readonly version: 1
  readonly data: string
  readonly split: string
  readonly best: string
  /** The number that the order is about. */
  readonly shown: string
  readonly eta: number
  readonly rungs: number
  /** Steps that were taken, and those that all members would have taken to their ends. */
  readonly steps: { readonly taken: number; readonly all: number }
  /** The best first; those of a higher rung before all of a lower one. */
  readonly members: readonly RankedMember[]
}

export const judgedIn = (
  { members }: SearchPlan,
  results: readonly SearchResult[],
  { key }: Best,
): Judged[] => {
  const places = new Map(members.map(({ name }, at) => [name, at]))
  return results.map(({ member, rung, measures }) => ({
    member: places.get(member) ?? -1,
    rung,
    key: measures === null ? undefined : key(measures),
  }))
}

/** Orders members by the highest rung that each was judged on. */
export function rankingOf(
  plan: SearchPlan,
  results: readonly SearchResult[],
  best: Best,
  { data, split }: Pick<Ranking, 'data' | 'split'>,
): Ranking {
  const last = plan.members.flatMap(({ name, settings, recipe }) => {
    const own = results.filter(({ member }) => member === name)
    if (own.length === 0) return []
    const { member: _, ...result } = own.reduce((a, b) => (b.rung > a.rung ? b : a))
    return [{ name, settings, ...result, steps: recipe.training.steps }]
  })
  const keyOf = ({ measures }: RankedMember) =>
    measures === null ? [Number.POSITIVE_INFINITY] : best.key(measures)
  return {
    version: 1,
    ...{ data, split, best: best.text, shown: best.shown, ...plan.halving },
    steps: {
      taken: last.reduce((sum, { step }) => sum + step, 0),
      all: allSteps(plan),
    },
    members: last.toSorted(
      (a, b) =>
        Number(a.measures === null) - Number(b.measures === null) ||
        b.rung - a.rung ||
        compareKeys(keyOf(a), keyOf(b)),
    ),
  }
}
