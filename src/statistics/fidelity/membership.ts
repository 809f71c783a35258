import { measureOf, nearestDistances } from './nearest.ts'
import { type ReadTable, takeRows } from './read-tables.ts'

/** Members and others that are attacked, at most of each. */
const MOST_ATTACKED = 2000
/** Of a normal distribution, two-sided: 95%. */
const Z = 1.96

/** How well an attacker tells rows that a model learned from, by synthetic rows and by rows of the same kind. @inline */
export interface Membership {
  /** Share of members that are taken for members, less that of others: 0 is chance, 1 gives all away. */
  readonly advantage: number
  /** Where the advantage lies with 95% confidence. */
  readonly interval: readonly [low: number, high: number]
  /** Which attack was the better one on the rows by which it was chosen. */
  readonly attack: Attack
  readonly members: number
  readonly others: number
}

/** By the nearest synthetic row, or by how much denser synthetic rows lie there. @inline */
type Attack = 'distance' | 'density-ratio'

interface Scores {
  readonly members: Float64Array
  readonly others: Float64Array
}

/**
 * A membership-inference attack: rows are called members that lie near a synthetic row, or nearer to one than to rows that
 * the model never saw (a ratio of densities, van Breugel et al. 2023, DOMIAS). Which of the two and from which score on is
 * chosen on half of the rows and judged on the other half, and the other way round.
 *
 * Tables were read together. Throws the signal's reason.
 */
export async function membershipAttack(
  { train, heldOut, synthetic }: Readonly<Record<'train' | 'heldOut' | 'synthetic', ReadTable>>,
  signal?: AbortSignal,
): Promise<Membership> {
  const measure = measureOf(train)
  const made = measure(synthetic)
  const [members, others] = [evenRows(train), evenRows(heldOut)].map(measure)
  const near = {
    members: await nearestDistances(members, made, signal),
    others: await nearestDistances(others, made, signal),
  }
  const usual = {
    members: await nearestDistances(members, others, signal),
    // A row that is held out is no neighbor of itself.
    others: await nearestDistances(others, others, signal, true),
  }
  const ratio = (side: keyof Scores) =>
    near[side].map((distance, row) => Math.log(usual[side][row] + TINY) - Math.log(distance + TINY))
  const attacks: Readonly<Record<Attack, Scores>> = {
    distance: { members: near.members.map((x) => -x), others: near.others.map((x) => -x) },
    'density-ratio': { members: ratio('members'), others: ratio('others') },
  }
  return judged(attacks)
}

/** Keeps logarithms of rows at distance 0 finite. */
const TINY = 1e-9

function evenRows(table: ReadTable): ReadTable {
  if (table.count <= MOST_ATTACKED) return table
  const step = table.count / MOST_ATTACKED
  return takeRows(
    table,
    Uint32Array.from({ length: MOST_ATTACKED }, (_, row) => Math.floor(row * step)),
  )
}

/** Every second row, from the first or the second on. */
const half = (scores: Float64Array, from: number): Float64Array => scores.filter((_, row) => row % 2 === from)

const halves = ({ members, others }: Scores, from: number): Scores => ({
  members: half(members, from),
  others: half(others, from),
})

const shareFrom = (scores: Float64Array, threshold: number): number =>
  scores.reduce((sum, score) => sum + (score >= threshold ? 1 : 0), 0) / Math.max(1, scores.length)

/** The score from which on rows are called members, by which the advantage is greatest. */
function bestThreshold({ members, others }: Scores): { threshold: number; advantage: number } {
  const all = [...members].map((score) => ({ score, step: 1 / members.length }))
  const negative = [...others].map((score) => ({ score, step: -1 / others.length }))
  const sorted = [...all, ...negative].sort((a, b) => b.score - a.score)
  let sum = 0
  let best = { threshold: Number.POSITIVE_INFINITY, advantage: 0 }
  sorted.forEach(({ score, step }, at) => {
    sum += step
    if (sorted[at + 1]?.score !== score && sum > best.advantage) best = { threshold: score, advantage: sum }
  })
  return best
}

function judged(attacks: Readonly<Record<Attack, Scores>>): Membership {
  const folds = [0, 1].map((from) => {
    const chosen = (['distance', 'density-ratio'] as const).map((attack) => ({
      attack,
      ...bestThreshold(halves(attacks[attack], from)),
    }))
    const [first, second] = chosen
    const best = second.advantage > first.advantage ? second : first
    const { members, others } = halves(attacks[best.attack], 1 - from)
    return { best, caught: shareFrom(members, best.threshold), blamed: shareFrom(others, best.threshold) }
  })
  const { members, others } = attacks.distance
  const caught = (folds[0].caught + folds[1].caught) / 2
  const blamed = (folds[0].blamed + folds[1].blamed) / 2
  const advantage = caught - blamed
  const reach = Z * Math.sqrt(spread(caught, members.length) + spread(blamed, others.length))
  const better = folds[1].best.advantage > folds[0].best.advantage ? folds[1] : folds[0]
  return {
    advantage,
    interval: [advantage - reach, advantage + reach],
    attack: better.best.attack,
    members: members.length,
    others: others.length,
  }
}

/** The variance of a share of n rows, which is not 0 where all or none were counted. Agresti & Coull 1998. */
const spread = (share: number, count: number): number => {
  const calm = (share * count + 2) / (count + 4)
  return (calm * (1 - calm)) / (count + 4)
}
