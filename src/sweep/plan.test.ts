import { expect, test } from 'vitest'
import { checkPlan, memberRecipe, membersOf, type SweepDraft, sweepPlan } from './plan.ts'
import { toyRecipe } from './world.testing.ts'

const draft = (more: Partial<SweepDraft> = {}): SweepDraft => ({
  recipe: { data: { source: 'toy' } },
  betas: [4, 0.25],
  ...more,
})

test('members by β, then by seed, from the recipe’s seed up', () => {
  const plan = sweepPlan(draft({ seeds: 2 }), toyRecipe({ training: { seed: 5 } }))
  expect(plan.betas).toEqual([0.25, 4])
  expect(membersOf(plan)).toEqual([
    { name: 'beta-0.25-seed-5', beta: 0.25, seed: 5 },
    { name: 'beta-0.25-seed-6', beta: 0.25, seed: 6 },
    { name: 'beta-4-seed-5', beta: 4, seed: 5 },
    { name: 'beta-4-seed-6', beta: 4, seed: 6 },
  ])
})

test('a member differs from the recipe in β and seed alone, and holds out the rows of all', () => {
  const recipe = toyRecipe({ objective: { name: 'factor-vae' }, training: { seed: 5 } })
  const plan = sweepPlan(draft({ seeds: 2 }), recipe)
  const member = memberRecipe(plan, membersOf(plan)[3], 'members')
  expect(member).toEqual({
    ...recipe,
    data: { ...recipe.data, splitSeed: 5 },
    objective: {
      ...recipe.objective,
      terms: [{ ...recipe.objective.terms[0], weight: 4 }, recipe.objective.terms[1]],
    },
    training: { ...recipe.training, seed: 6 },
  })
})

test('a warm start is from the next smaller β of the same seed', () => {
  const plan = sweepPlan(draft({ seeds: 2, warmStart: true }), toyRecipe())
  const members = membersOf(plan)
  expect(members.map(({ from }) => from)).toEqual([
    undefined,
    undefined,
    'beta-0.25-seed-0',
    'beta-0.25-seed-1',
  ])
  expect(memberRecipe(plan, members[3], 'members').training.start).toBe('members/beta-0.25-seed-1')
  expect(memberRecipe(plan, members[0], 'members').training).not.toHaveProperty('start')
})

test('what cannot be swept is refused', () => {
  const refusal = (more: Partial<SweepDraft>, recipe = toyRecipe()) => {
    try {
      sweepPlan(draft(more), recipe)
    } catch (error) {
      return (error as Error).message
    }
    return 'not refused'
  }
  expect([
    refusal({ betas: [] }),
    refusal({ betas: [1] }),
    refusal({ betas: [1, -2] }),
    refusal({ betas: [1, Number.NaN] }),
    refusal({ betas: [1, 4, 1] }),
    refusal({ seeds: 0 }),
    refusal({ seeds: 1.5 }),
    refusal({}, toyRecipe({ objective: { name: 'autoencoder' } })),
    refusal({}, toyRecipe({ objective: { name: 'annealed-vae' } })),
  ]).toMatchInlineSnapshot(`
    [
      "β without a number; wanted at least two, whose ends span a frontier. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "β 1; wanted at least two, whose ends span a frontier. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "β -2; wanted numbers of at least 0. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "β NaN; wanted numbers of at least 0. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "β 1 twice; wanted each β once. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "0 seeds; wanted a whole number of at least 1. Fix: write for example --seeds 3. [sweep/seeds]",
      "1.5 seeds; wanted a whole number of at least 1. Fix: write for example --seeds 3. [sweep/seeds]",
      "objective "autoencoder" without a term whose weight is β; wanted an objective that charges for the divergence from the prior. Fix: use --objective beta-vae, or another with β. [sweep/no-beta]",
      "objective "annealed-vae" without a term whose weight is β; wanted an objective that charges for the divergence from the prior. Fix: use --objective beta-vae, or another with β. [sweep/no-beta]",
    ]
  `)
})

test('a plan comes back from JSON, and another form is refused by its place', () => {
  const plan = sweepPlan(draft({ warmStart: true }), toyRecipe())
  const written = JSON.parse(JSON.stringify(plan))
  expect(checkPlan(written, 'sweep.json')).toEqual(plan)
  expect(() => checkPlan({ ...written, betas: [1] }, 'sweep.json')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: "sweep.json" whose betas is not that of a sweep; wanted a array of length ≥ 2. Fix: restore the file, or sweep anew into another folder. [sweep/invalid]]`,
  )
  expect(() => checkPlan({ ...written, extra: 1 }, 'sweep.json')).toThrow('[sweep/invalid]')
})
