/** What one `defineTerm` brings: here a term that exists in this test alone is listed, and nothing else is told of it. */
import { expect, test, vi } from 'vitest'
import * as z from 'zod'

vi.mock('../src/objective/terms/index.ts', async (load) => {
  const { allTerms } = await load<typeof import('../src/objective/terms/index.ts')>()
  const { defineTerm } = await import('../src/objective/term.ts')
  const { abs, sub, sumPerExample } = await import('../src/graph/vocabulary.ts')
  const toy = defineTerm({
    name: 'toy',
    on: 'code',
    summary: 'distance of the code from a place',
    option: 'toy',
    symbol: 'τ',
    defaultWeight: 0.5,
    options: z.strictObject({ place: z.number().default(2).describe('where codes should be') }),
    formula: ({ place }) => `‖z − ${place}‖₁`,
    loss: ({ model }, { place }) => sumPerExample(abs(sub(model.posterior.mean, place))),
    reading: (weight, { place }) => `z ~ Laplace(${place}, ${1 / weight})`,
  })
  return { allTerms: [...allTerms, toy] }
})

const { checkGradient } = await import('../src/testing/probing.ts')
const { toyWorld } = await import('../src/testing/toy-world.ts')
const { completeRecipe, datasetOf, explain, open, train } = await import('../src/inside.node.ts')
const { recipeOptions } = await import('../src/apps/cli/recipe/options.ts')
const { draftFrom } = await import('../src/apps/cli/recipe/draft.ts')
const { familyPage } = await import('../scripts/family.ts')

const terms = [{ term: 'toy', weight: 3 }]
const rows = { data: Float32Array.from({ length: 240 }, (_, i) => Math.sin(i)), shape: [60, 4] }
const dataset = datasetOf(rows, { name: 'waves' })

test('its gradient is that of its formula', async () => {
  const { objective, feeds, parameters } = toyWorld({ terms })
  const leaves = parameters.filter(({ name }) => /^encoder\.(0|mean)/.test(name))
  const check = await checkGradient(
    objective.terms.toy,
    leaves.map(({ name }) => name),
    leaves.map(({ tensor }) => tensor),
    feeds,
  )
  expect(check.probesVary).toBe(true)
  expect(check.worst).toBeLessThan(1e-7)
})

test('the command line has its weight and its option', async () => {
  expect(recipeOptions.toy.description).toBe('τ: weight of the distance of the code from a place')
  expect(recipeOptions['toy-place'].description).toBe('where codes should be (default: 2)')
  const { objective } = await draftFrom('waves', { toy: 3, 'toy-place': -1 })
  expect(objective?.terms).toEqual([
    { term: 'kl', weight: 1 },
    { term: 'toy', weight: 3, place: -1 },
  ])
})

test('its schema refuses what it does not know', () => {
  expect(() =>
    toyWorld({ terms: [{ term: 'toy', weight: 1, place: 'here' }] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "toy" with {"place":"here"}; wanted place: a value of type number. Fix: correct the options of the term. [choice/term-options]]`,
  )
})

test('the ledger reads it, and the docs list it', () => {
  const { model } = completeRecipe({ data: { source: 'waves' } }, dataset)
  const ledger = explain({ name: 'own', terms }, model, { shape: [4] }, 60)
  expect(ledger.formula).toContain('3 · ‖z − 2‖₁')
  expect(ledger.terms[0]).toMatchObject({
    name: 'toy',
    on: 'code',
    reading: 'z ~ Laplace(2, 0.3333333333333333)',
  })
  expect(familyPage()).toContain('| `toy` | code | distance of the code from a place | `--toy 0.5` |')
})

test('training minimizes it', async () => {
  const run = await train(
    {
      data: { source: 'waves' },
      objective: { name: 'autoencoder', terms: [{ term: 'toy', weight: 100 }] },
      model: { latent: { name: 'deterministic', size: 1 } },
      training: { steps: 300, learningRate: 0.01 },
    },
    { dataset },
  )
  using model = await open(run)
  const { mean } = await model.encode(rows)
  for (const code of mean.data) expect(Math.abs(code - 2)).toBeLessThan(0.2)
})
