import { confidenceOf } from '../statistics/confidence.ts'
import { type Member, membersOf, type SweepPlan } from './plan.ts'
import type { FrontierPoint } from './point.ts'
import type { MemberScore } from './score.ts'
import { type Suggestion, suggestionFor } from './suggestion.ts'

/** How well each member agrees with those of the same β and other seeds. */
export interface Agreement {
  /** Held-out examples whose codes were compared. */
  readonly rows: number
  readonly members: Readonly<Record<string, { readonly udr: number; readonly informative: number }>>
}

/** A member with what it came to. @inline */
export interface FrontierMember extends Member, Omit<MemberScore, 'split' | 'count'> {
  /** `rate` in bits. */
  readonly rateBits: number
  /** Agreement with members of other seeds, and dimensions that were compared. Duan et al. 2020. */
  readonly udr?: number
  readonly informative?: number
}

/** What a sweep found: rate against distortion, nats per example of a held-out split. */
export interface Frontier {
  readonly version: 1
  /** Name of the data set. */
  readonly data: string
  readonly split: string
  readonly count: number
  /** By β, ascending. */
  readonly points: readonly FrontierPoint[]
  readonly members: readonly FrontierMember[]
  /** Members that could not be trained, and why. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[]
  /** Whether the mean rate falls and the mean distortion rises with every step of β. */
  readonly monotone: { readonly rate: boolean; readonly distortion: boolean }
  readonly suggestion: Suggestion
  /** Members by agreement with other seeds, the best first, without labels; null with one seed. */
  readonly ranking: { readonly by: 'udr'; readonly rows: number; readonly members: readonly string[] } | null
}

/** Everything that a frontier is made of. */
export interface FrontierParts {
  readonly plan: SweepPlan
  readonly data: string
  /** By name of the member; those that failed are missing. */
  readonly scores: ReadonlyMap<string, MemberScore>
  readonly failed: ReadonlyMap<string, string>
  readonly agreement?: Agreement
}

/** Puts the scores of at least one member together. */
export function frontierOf({ plan, data, scores, failed, agreement }: FrontierParts): Frontier {
  const [{ split, count }] = scores.values()
  const members = membersOf(plan).flatMap((member) => memberWith(member, scores.get(member.name), agreement))
  const points = plan.betas.flatMap((beta) =>
    pointOf(
      beta,
      members.filter((member) => member.beta === beta),
    ),
  )
  return {
    version: 1,
    data,
    split,
    count,
    points,
    members,
    failed: Array.from(failed, ([name, reason]) => ({ name, reason })),
    monotone: {
      rate: each(points, (before, after) => after.rate.mean < before.rate.mean),
      distortion: each(points, (before, after) => after.distortion.mean > before.distortion.mean),
    },
    suggestion: suggestionFor(points, plan.recipe.training.steps),
    ranking: agreement ? { by: 'udr', rows: agreement.rows, members: ranked(members) } : null,
  }
}

function memberWith(
  member: Member,
  score: MemberScore | undefined,
  agreement: Agreement | undefined,
): FrontierMember[] {
  if (!score) return []
  const { split: _, count: __, ...numbers } = score
  return [{ ...member, ...numbers, rateBits: bitsOf(score.rate), ...agreement?.members[member.name] }]
}

function pointOf(beta: number, members: readonly FrontierMember[]): FrontierPoint[] {
  if (members.length === 0) return []
  const of = (read: (member: FrontierMember) => number) => confidenceOf(members.map(read))
  const known = (read: (member: FrontierMember) => number | undefined) => {
    const values = members.map(read).filter((value) => value !== undefined)
    return values.length > 0 ? confidenceOf(values).mean : undefined
  }
  const rate = of((member) => member.rate)
  const [udr, mig] = [known((member) => member.udr), known((member) => member.mig)]
  return [
    {
      beta,
      seeds: members.map(({ seed }) => seed),
      rate,
      rateBits: bitsOf(rate.mean),
      distortion: of(({ distortion }) => distortion),
      elbo: of(({ elbo }) => elbo),
      activeUnits: of(({ activeUnits }) => activeUnits).mean,
      ...(udr === undefined ? {} : { udr }),
      ...(mig === undefined ? {} : { mig }),
    },
  ]
}

const bitsOf = (nats: number): number => nats / Math.LN2

const each = <Item>(items: readonly Item[], holds: (before: Item, after: Item) => boolean): boolean =>
  items.every((item, i) => i === 0 || holds(items[i - 1], item))

const ranked = (members: readonly FrontierMember[]): string[] =>
  members
    .filter(({ udr }) => udr !== undefined)
    .toSorted((a, b) => Number(b.udr) - Number(a.udr))
    .map(({ name }) => name)
