/** What one `defineTerm` brings: a term of this test's alone is passed to what trains and reads, and is told to nothing else. */
import { expect, test } from 'vitest'
import * as z from 'zod'
import { draftFrom } from '../../src/apps/cli/recipe/draft.ts'
import { recipeOptionsOf } from '../../src/apps/cli/recipe/options.ts'
import { abs, sub, sumPerExample } from '../../src/graph/vocabulary.ts'
import {
  completeRecipe,
  datasetOf,
  defineTerm,
  evaluate,
  explain,
  open,
  train,
  writeWeights,
} from '../../src/inside.node.ts'
import { checkGradient } from '../../src/testing/probing.ts'
import { toyWorld } from '../../src/testing/toy-world.ts'

const towards = defineTerm({
  name: 'towards',
  on: 'code',
  summary: 'distance of the code from a place',
  option: 'towards',
  symbol: 'τ',
  defaultWeight: 0.5,
  options: z.strictObject({ place: z.number().default(2).describe('where codes should be') }),
  formula: ({ place }) => `‖z − ${place}‖₁`,
  loss: ({ model }, { place }) => sumPerExample(abs(sub(model.posterior.mean, place))),
  reading: (weight, { place }) => `z ~ Laplace(${place}, ${1 / weight})`,
})
const parts = [towards]

const terms = [{ term: 'towards', weight: 3 }] as const
const rows = { data: Float32Array.from({ length: 240 }, (_, i) => Math.sin(i)), shape: [60, 4] }
const dataset = datasetOf(rows, { name: 'waves' })
const world = (options: object = {}) => toyWorld({ terms: [{ ...terms[0], ...options }], parts })

test('its gradient is that of its formula', async () => {
  const { objective, feeds, parameters } = world()
  const leaves = parameters.filter(({ name }) => /^encoder\.(0|mean)/.test(name))
  const check = await checkGradient(
    objective.terms.towards,
    leaves.map(({ name }) => name),
    leaves.map(({ tensor }) => tensor),
    feeds,
  )
  expect(check.probesVary).toBe(true)
  expect(check.worst).toBeLessThan(1e-7)
})

test('the command line has its weight and its option', async () => {
  const options = recipeOptionsOf(parts)
  expect(options.towards.description).toBe('τ: weight of the distance of the code from a place')
  expect(options['towards-place'].description).toBe('where codes should be (default: 2)')
  const { objective } = await draftFrom('waves', { towards: 3, 'towards-place': -1 }, parts)
  expect(objective?.terms).toEqual([
    { term: 'kl', weight: 1 },
    { term: 'towards', weight: 3, place: -1 },
  ])
})

test('its schema refuses what it does not know', () => {
  expect(() => world({ place: 'here' })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "towards" with {"place":"here"}; wanted place: a value of type number. Fix: correct the options of the term. [choice/term-options]]`,
  )
})

test('the ledger reads it', () => {
  const { model } = completeRecipe({ data: { source: 'waves' } }, dataset, parts)
  const ledger = explain({ name: 'own', terms: [...terms] }, model, { shape: [4] }, 60)
  expect(ledger.formula).toContain('3 · ‖z − 2‖₁')
  expect(ledger.terms[0]).toMatchObject({
    name: 'towards',
    on: 'code',
    reading: 'z ~ Laplace(2, 0.3333333333333333)',
  })
})

test('training minimizes it; the model tells that it is missing to whoever judges it without', async () => {
  const run = await train(
    {
      data: { source: 'waves' },
      objective: { name: 'autoencoder', terms: [{ term: 'towards', weight: 100 }] },
      model: { latent: { name: 'deterministic', size: 1 } },
      training: { steps: 300, learningRate: 0.01 },
    },
    { dataset, parts },
  )
  using model = await open(run)
  const { mean } = await model.encode(rows)
  for (const code of mean.data) expect(Math.abs(code - 2)).toBeLessThan(0.2)
  expect(run.trained.recipe.parts).toEqual([{ kind: 'term', name: 'towards' }])
  const bytes = writeWeights(run.trained)
  using again = await open(bytes, { parts })
  expect((await again.encode(rows)).mean.data).toEqual(mean.data)
  // Who uses the model has no need of what it was trained by; who judges it has.
  using bare = await open(bytes)
  expect((await bare.encode(rows)).mean.data).toEqual(mean.data)
  await expect(evaluate(bare, dataset)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the term "towards", a part that is not here; wanted the part that the training was given. Fix: pass it: { parts: [ … ] }. [parts/missing]]`,
  )
  expect(await evaluate(bare, dataset, { parts })).toEqual(await evaluate(model, dataset))
})

test('a name that the house has, a part twice, and what is no part are refused', () => {
  const bringing =
    (...own: readonly object[]) =>
    () =>
      toyWorld({ terms: [{ term: 'kl', weight: 1 }], parts: own as (typeof towards)[] })
  expect(bringing(towards, towards)).toThrow('[parts/twice]')
  expect(bringing({ ...towards, name: 'kl' })).toThrow('[parts/taken]')
  expect(bringing({ name: 'towards' })).toThrow('[parts/not-a-part]')
})
