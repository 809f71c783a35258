import { z } from 'zod/mini'
import { fail } from '../base/errors.ts'
import type { Shard } from '../data/tables/row-block.ts'
import { readObjective } from '../objective/objective.ts'
import { type Recipe, type RecipeDraft, recipeSchema } from '../recipe/recipe.ts'
import { checkedPlan } from './checked-plan.ts'

/** What a sweep is asked for: one recipe, trained at several β. */
export interface SweepDraft<Asked = RecipeDraft> {
  /** Its own β is left aside; its seed is the first. */
  readonly recipe: Asked
  /** At least two weights of the divergence from the prior, in any order. */
  readonly betas: readonly number[]
  /** Members at each β, with seeds from the recipe's up; default: 1. */
  readonly seeds?: number
  /** Whether a member starts from the finished one at the next smaller β of its seed, instead of drawn parameters. */
  readonly warmStart?: boolean
}

const planSchema = z.strictObject({
  version: z.literal(1),
  betas: z.array(z.number().check(z.minimum(0))).check(z.minLength(2)),
  seeds: z.array(z.int().check(z.minimum(0))).check(z.minLength(1)),
  warmStart: z.boolean(),
  recipe: recipeSchema,
})

/** A sweep as plain JSON: everything its members are made of. */
export interface SweepPlan {
  readonly version: 1
  /** Ascending. */
  readonly betas: readonly number[]
  readonly seeds: readonly number[]
  readonly warmStart: boolean
  /** Complete; a member puts its β and its seed into it. All members hold out the same rows. */
  readonly recipe: Recipe
}

/** One run of a sweep. @inline */
export interface Member {
  /** Name of its folder. */
  readonly name: string
  readonly beta: number
  readonly seed: number
  /** The member that it starts from. */
  readonly from?: string
}

/**
 * Makes the plan of a sweep from its complete recipe. Errors, all usage: `sweep/betas`, `sweep/seeds`, `sweep/no-beta`,
 * `sweep/no-held-out`.
 */
export function sweepPlan(
  { betas, seeds = 1, warmStart = false }: SweepDraft<unknown>,
  recipe: Recipe,
): SweepPlan {
  checkBetas(betas)
  if (!(Number.isSafeInteger(seeds) && seeds >= 1))
    refusePlan('sweep/seeds', `${seeds} seeds`, 'a whole number of at least 1', 'write for example --seeds 3')
  betaTerm(recipe)
  const { seed } = recipe.training
  return {
    version: 1,
    betas: betas.toSorted((a, b) => a - b),
    seeds: Array.from({ length: seeds }, (_, i) => seed + i),
    warmStart,
    recipe: { ...recipe, data: { ...recipe.data, splitSeed: recipe.data.splitSeed ?? seed } },
  }
}

function checkBetas(betas: readonly number[]): void {
  const example = 'write for example --beta 0.25,0.5,1,2,4,8'
  const shown = `β ${betas.join(', ') || 'without a number'}`
  const broken = betas.find((beta) => !(Number.isFinite(beta) && beta >= 0))
  if (broken !== undefined) refusePlan('sweep/betas', `β ${broken}`, 'numbers of at least 0', example)
  const twice = betas.find((beta, i) => betas.indexOf(beta) < i)
  if (twice !== undefined) refusePlan('sweep/betas', `β ${twice} twice`, 'each β once', example)
  if (betas.length < 2) refusePlan('sweep/betas', shown, 'at least two, whose ends span a frontier', example)
}

/** Place of the term whose weight is β. */
function betaTerm({ objective, model }: Recipe): number {
  const place = readObjective(objective, model).findIndex(({ term }) => term.rate === 'beta')
  if (place >= 0) return place
  return refusePlan(
    'sweep/no-beta',
    `objective "${objective.name}" without a term whose weight is β`,
    'an objective that charges for the divergence from the prior',
    'use --objective beta-vae, or another with β',
  )
}

/** A plan with more members than it had. */
export const grownPlan = (
  plan: SweepPlan,
  { betas, seeds }: Pick<SweepPlan, 'betas' | 'seeds'>,
): SweepPlan => ({
  ...plan,
  betas: union(plan.betas, betas),
  seeds: union(plan.seeds, seeds),
})

const union = (some: readonly number[], more: readonly number[]): number[] =>
  [...new Set([...some, ...more])].sort((a, b) => a - b)

/** Its members by β, those of one β by seed. */
export const membersOf = ({ betas, seeds, warmStart }: SweepPlan): Member[] =>
  betas.flatMap((beta, i) =>
    seeds.map((seed) => ({
      name: memberName(beta, seed),
      beta,
      seed,
      ...(warmStart && i > 0 ? { from: memberName(betas[i - 1], seed) } : {}),
    })),
  )

/** The members of one of several shards: every so many-th, or of those that start from each other all of one seed. */
export function membersOfShard(plan: SweepPlan, { shard, of }: Shard): Member[] {
  return membersOf(plan).filter((member, at) => {
    const place = plan.warmStart ? plan.seeds.indexOf(member.seed) : at
    return place % of === shard - 1
  })
}

const memberName = (beta: number, seed: number): string => `beta-${beta}-seed-${seed}`

/** The recipe of a member; `folder` is where members lie. */
export function memberRecipe({ recipe }: SweepPlan, member: Member, folder: string): Recipe {
  const place = betaTerm(recipe)
  const { terms } = recipe.objective
  return {
    ...recipe,
    objective: {
      ...recipe.objective,
      terms: terms.map((term, i) => (i === place ? { ...term, weight: member.beta } : term)),
    },
    training: {
      ...recipe.training,
      seed: member.seed,
      ...(member.from === undefined ? {} : { start: `${folder}/${member.from}` }),
    },
  }
}

/** Checks a plan read from a file. Error: `sweep/invalid`. */
export const checkPlan = (value: unknown, path: string): SweepPlan =>
  checkedPlan(planSchema, value, path) as SweepPlan

const refusePlan = (code: string, seen: string, wanted: string, fix: string): never =>
  fail({ code, seen, wanted, fix, usage: true })
