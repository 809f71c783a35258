import { expect, test } from 'vitest'
import { type Agreement, frontierOf } from './frontier.ts'
import { membersOf, sweepPlan } from './plan.ts'
import type { MemberScore } from './score.ts'
import { toyRecipe, toyScore } from './world.testing.ts'

const frontier = (
  betas: readonly number[],
  scores: readonly (MemberScore | undefined)[],
  agreement?: Agreement,
) => {
  const plan = sweepPlan(
    { recipe: { data: { source: 'toy' } }, betas, seeds: scores.length / betas.length },
    toyRecipe(),
  )
  const members = membersOf(plan)
  return frontierOf({
    plan,
    data: 'toy',
    scores: new Map(
      members.flatMap(({ name }, i) => {
        const score = scores[i]
        return score ? [[name, score] as const] : []
      }),
    ),
    failed: new Map(members.flatMap(({ name }, i) => (scores[i] ? [] : [[name, 'ran away'] as const]))),
    ...(agreement ? { agreement } : {}),
  })
}
const convex = [toyScore(40, 60), toyScore(20, 70), toyScore(5, 120), toyScore(0, 200)]

test('rates, bits and the knee, with its reasons', () => {
  const { points, monotone, suggestion, ranking, split, count } = frontier([0.25, 1, 4, 16], convex)
  expect({ split, count, ranking }).toEqual({ split: 'validation', count: 180, ranking: null })
  expect(points.map(({ beta, rate, rateBits }) => [beta, rate.mean, rateBits])).toEqual([
    [0.25, 40, 40 / Math.LN2],
    [1, 20, 20 / Math.LN2],
    [4, 5, 5 / Math.LN2],
    [16, 0, 0],
  ])
  expect(monotone).toEqual({ rate: true, distortion: true })
  expect(suggestion).toMatchInlineSnapshot(`
    {
      "beta": {
        "reason": "the knee of the frontier: of all β it lies farthest below the straight line between β = 0.25 and β = 16, 0.45 of the way to the corner on axes scaled to 0 … 1 (Kneedle, Satopää et al. 2011). β = 1 would spend 15.0 more nats of rate to win back 50.0 of distortion, 3.33 for each. β = 16 would save 5.00 nats of rate and cost 80.0 of distortion, 16.0 for each. Along the line a nat of rate buys 3.50 nats of distortion, and a β-VAE that has converged stops where it buys less than β (Alemi et al. 2018), so that a knee is expected near that β. Other ends of the range move it",
        "value": 4,
      },
      "capacity": {
        "bits": 7.213475204444817,
        "options": "--objective annealed-vae --capacity-target 'linear(0, 5, 15)'",
        "reason": "the rate at that knee (β = 4): a capacity holds the mean KL at this many nats whatever they cost, and beyond the knee further nats buy less",
        "value": 5,
      },
      "knee": {
        "depth": 0.44642857142857145,
        "exchange": 3.5,
      },
      "likelihood": {
        "reason": "the highest ELBO of the sweep, −90.0 nats: the choice where likelihood is what counts",
        "value": 1,
      },
    }
  `)
})

test('of several seeds, means and where they lie; the knee is that of the means', () => {
  const apart = convex.flatMap(({ rate, distortion }) => [
    toyScore(rate + 1, distortion - 2),
    toyScore(rate - 1, distortion + 2),
  ])
  const { points, suggestion } = frontier([0.25, 1, 4, 16], apart)
  expect(points[1].rate).toMatchObject({ mean: 20, standardDeviation: Math.SQRT2 })
  expect(points[1].distortion).toMatchObject({ mean: 70, standardDeviation: Math.sqrt(8) })
  expect(suggestion.beta?.value).toBe(4)
  expect(suggestion.capacity?.value).toBe(5)
})

test.each([
  ['two β', [1, 4], [toyScore(20, 70), toyScore(5, 120)], 'at least three β'],
  [
    'a straight line',
    [1, 2, 4],
    [toyScore(20, 60), toyScore(10, 80), toyScore(0, 100)],
    'no β stands out: the frontier leaves the straight line between its ends by 0.00',
  ],
  ['nothing to trade', [1, 2, 4], [toyScore(0, 60), toyScore(0, 60), toyScore(0, 60)], 'nothing to trade'],
] as const)('%s: no knee, and it says why', (_, betas, scores, words) => {
  const { suggestion } = frontier(betas, scores)
  expect(suggestion).toMatchObject({ beta: null, capacity: null })
  expect(suggestion.missing).toContain(words)
  expect(suggestion.likelihood.value).toBe(1)
})

test('a frontier that is none is called so', () => {
  const { monotone } = frontier([1, 2, 4], [toyScore(20, 60), toyScore(22, 80), toyScore(0, 70)])
  expect(monotone).toEqual({ rate: false, distortion: false })
})

test('members that failed are named and left out', () => {
  const { members, failed, points } = frontier([1, 2, 4], [toyScore(20, 60), undefined, toyScore(0, 70)])
  expect(members.map(({ name }) => name)).toEqual(['beta-1-seed-0', 'beta-4-seed-0'])
  expect(failed).toEqual([{ name: 'beta-2-seed-0', reason: 'ran away' }])
  expect(points.map(({ beta }) => beta)).toEqual([1, 4])
})

test('members are ranked by their agreement, those of equal agreement in their order', () => {
  const names = ['beta-1-seed-0', 'beta-1-seed-1', 'beta-4-seed-0', 'beta-4-seed-1']
  const udr = [0.3, 0.3, 0.8, 0.8]
  const agreement = {
    rows: 180,
    members: Object.fromEntries(names.map((name, i) => [name, { udr: udr[i], informative: 2 }])),
  }
  const scores = [toyScore(20, 60), toyScore(21, 61), toyScore(3, 90), toyScore(4, 91)]
  const { ranking, points, members } = frontier([1, 4], scores, agreement)
  expect(ranking).toEqual({ by: 'udr', rows: 180, members: [names[2], names[3], names[0], names[1]] })
  expect(points.map((point) => point.udr)).toEqual([0.3, 0.8])
  expect(members[2]).toMatchObject({ udr: 0.8, informative: 2 })
})
