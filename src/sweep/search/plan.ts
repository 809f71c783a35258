import { z } from 'zod/mini'
import { type Recipe, recipeSchema } from '../../recipe/recipe.ts'
import { checkedPlan } from '../checked-plan.ts'
import { nameOf, type Settings } from './axis.ts'
import { type Halving, stepsAt } from './ladder.ts'

/** One training of a search. */
export interface SearchMember {
  /** Name of its folder. */
  readonly name: string
  /** What it differs from others in. */
  readonly settings: Settings
  /** Complete. */
  readonly recipe: Recipe
}

const count = z.int().check(z.minimum(1))

const planSchema = z.strictObject({
  version: z.literal(1),
  best: z.string(),
  halving: z.strictObject({ eta: count, rungs: count }),
  members: z
    .array(
      z.strictObject({ name: z.string(), settings: z.record(z.string(), z.string()), recipe: recipeSchema }),
    )
    .check(z.minLength(1)),
})

/** A search as plain JSON: everything its members are made of. */
export interface SearchPlan {
  readonly version: 1
  /** What members are ordered by. */
  readonly best: string
  /** With one rung all are trained to their ends. */
  readonly halving: Halving
  readonly members: readonly SearchMember[]
}

/** Names of folders, which some settings share once they are shortened. */
export function membersOf(all: readonly Omit<SearchMember, 'name'>[]): SearchMember[] {
  const taken = new Set<string>()
  return all.map((member) => {
    const short = nameOf(member.settings)
    let name = short
    for (let n = 2; taken.has(name); n++) name = `${short}-${n}`
    taken.add(name)
    return { name, ...member }
  })
}

/** Steps that all members would take to their ends. */
export const allSteps = ({ members }: SearchPlan): number =>
  members.reduce((sum, { recipe }) => sum + recipe.training.steps, 0)

/** Steps of a member up to a rung. */
export const stepsTo = ({ members, halving }: SearchPlan, member: number, rung: number): number =>
  stepsAt(members[member].recipe.training.steps, rung, halving)

/** Checks a plan read from a file. Error: `sweep/invalid`. */
export const checkSearch = (value: unknown, path: string): SearchPlan =>
  checkedPlan(planSchema, value, path) as SearchPlan
