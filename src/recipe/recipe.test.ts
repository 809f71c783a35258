import { describe, expect, test } from 'vitest'
import { type Dataset, datasetOf } from '../data/dataset.ts'
import { completeRecipe } from './complete.ts'
import { planOf } from './plan.ts'
import { checkRecipe, type RecipeDraft } from './recipe.ts'
import { splitsOf } from './splits.ts'

const images = datasetOf(
  { data: new Uint8Array(1000 * 16).map((_, i) => i % 256), shape: [1000, 1, 4, 4] },
  { name: 'images', defaults: { binarize: 'dynamic', likelihood: 'bernoulli', scaling: 'unit' } },
)
const table = datasetOf(
  { data: Float32Array.from({ length: 100 * 5 }, (_, i) => i % 7), shape: [100, 5] },
  { name: 'table', defaults: { likelihood: 'gaussian', scaling: 'standardize' } },
)
const draft = (rest: Partial<RecipeDraft> = {}): RecipeDraft => ({ data: { source: 'x' }, ...rest })

test('a completed recipe names everything and completes to itself', () => {
  const recipe = completeRecipe(draft(), images)
  expect(recipe).toMatchInlineSnapshot(`
    {
      "data": {
        "binarize": "dynamic",
        "scaling": "unit",
        "source": "x",
        "test": 0.1,
        "validation": 0.1,
      },
      "engine": {
        "name": "auto",
      },
      "model": {
        "architecture": {
          "activation": "relu",
          "hidden": [
            400,
          ],
          "name": "mlp",
        },
        "latent": {
          "draws": 1,
          "name": "gaussian",
          "size": 8,
        },
        "likelihood": {
          "name": "bernoulli",
        },
        "prior": {
          "name": "standard",
        },
      },
      "objective": {
        "name": "vae",
        "terms": [
          {
            "term": "kl",
            "weight": 1,
          },
        ],
      },
      "training": {
        "batch": 100,
        "clipNorm": null,
        "keep": "best",
        "learningRate": 0.001,
        "optimizer": {
          "beta1": 0.9,
          "beta2": 0.999,
          "epsilon": 1e-8,
          "name": "adam",
        },
        "patience": null,
        "seed": 0,
        "steps": 4000,
      },
      "version": 1,
    }
  `)
  expect(checkRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe)
  expect(completeRecipe(recipe, images)).toEqual(recipe)
})

describe('defaults follow the data and the choices', () => {
  test('a table gets its own', () => {
    const { data, model, training } = completeRecipe(draft(), table)
    expect(data).toMatchObject({ binarize: 'none', scaling: 'standardize' })
    expect(model).toMatchObject({ likelihood: { name: 'gaussian', sigma: 1 }, latent: { size: 3 } })
    expect(training.batch).toBe(10)
  })
  test('grey values stay grey where the likelihood is not of black and white', () => {
    const { data } = completeRecipe(draft({ model: { likelihood: { name: 'squared-error' } } }), images)
    expect(data).toMatchObject({ binarize: 'none', scaling: 'unit' })
  })
  test('how many codes a preset draws holds for another kind of code, too', () => {
    const latent = (given: object) =>
      completeRecipe(draft({ objective: { name: 'iwae' }, model: { latent: given } }), table).model.latent
    expect(latent({})).toMatchObject({ name: 'gaussian', draws: 5 })
    expect(latent({ name: 'iaf' })).toMatchObject({ name: 'iaf', draws: 5 })
    expect(latent({ name: 'iaf', draws: 2 })).toMatchObject({ name: 'iaf', draws: 2 })
  })

  test('a preset brings its latent and its terms, which may be given instead', () => {
    const recipe = completeRecipe(draft({ objective: { name: 'regularized-autoencoder' } }), table)
    expect(recipe.model.latent.name).toBe('deterministic')
    expect(recipe.objective.terms.map(({ term }) => term)).toEqual(['code-l2', 'l2'])
    const own = completeRecipe(
      draft({ objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0,4,10)' }] } }),
      table,
    )
    expect(own.objective.terms).toEqual([{ term: 'kl', weight: 'linear(0,4,10)' }])
  })
  test('epochs become steps', () => {
    expect(completeRecipe(draft({ training: { epochs: 3, batch: 100 } }), images).training.steps).toBe(3 * 8)
    expect(completeRecipe(draft({ training: { steps: 17 } }), images).training.steps).toBe(17)
  })
})

test('parts are disjoint, cover everything, and depend on the seed alone', () => {
  const recipe = completeRecipe(draft({ training: { seed: 3 } }), images)
  const { train, validation, test: held } = splitsOf(recipe, images)
  const all = [...train.indices, ...validation.indices, ...held.indices]
  expect(new Set(all).size).toBe(1000)
  expect([train, validation, held].map(({ indices }) => indices.length)).toEqual([800, 100, 100])
  expect(splitsOf(recipe, images).test.indices).toEqual(held.indices)
  expect(splitsOf(completeRecipe(draft({ training: { seed: 4 } }), images), images).test.indices).not.toEqual(
    held.indices,
  )
})

test('scaling is learned from training rows alone', async () => {
  const recipe = completeRecipe(draft(), table)
  const plan = await planOf(recipe, table)
  const { train } = splitsOf(recipe, table)
  const rows = (await table.read(train.indices)).data
  const firstColumn = Array.from(train.indices, (_, i) => rows[i * 5])
  expect(plan.scaling['data.shift'].data[0]).toBeCloseTo(
    firstColumn.reduce((a, b) => a + b) / firstColumn.length,
    5,
  )
})

test('what cannot be is refused by name', async () => {
  const complete =
    (rest: Partial<RecipeDraft>, data = images) =>
    () =>
      completeRecipe(draft(rest), data)
  expect(complete({ objective: { name: 'gan' } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: objective "gan"; wanted autoencoder, map, regularized-autoencoder, rae-gp, rae-sn, denoising-autoencoder, contractive-autoencoder, sparse-autoencoder, wae, adversarial-autoencoder, vae, beta-vae, annealed-vae, free-bits-vae, beta-tc-vae, factor-vae, dip-vae-1, dip-vae-2, info-vae, iwae, miwae, piwae, ciwae, sigma-vae, two-stage-vae, ms-ssim-vae, vae-gan, conditional-vae, vamp-vae, flow-vae, planar-vae, maf-prior-vae, hyperspherical-vae, poincare-vae, ladder-vae, hamiltonian-vae, gumbel-vae, fsq-autoencoder, vq-vae, joint-vae. Fix: name one of those. [objective/unknown-preset]]`,
  )
  expect(complete({ model: { latent: { size: 0 } } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: recipe with model.latent.size = 0; wanted a number > 0. Fix: correct model.latent.size. [recipe/invalid]]`,
  )
  expect(complete({ training: { steps: 5, epochs: 5 } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 5 steps and 5 epochs; wanted one of the two. Fix: drop --steps or --epochs. [recipe/steps-and-epochs]]`,
  )
  expect(complete({ training: { epochs: 0.5 } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 0.5 epochs; wanted a whole number of at least 1. Fix: give the number of passes over the data. [recipe/epochs]]`,
  )
  expect(complete({ data: { source: 'x', validation: 1.5 } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: recipe with data.validation = 1.5; wanted a number < 1. Fix: correct data.validation. [recipe/invalid]]`,
  )
  expect(
    complete({ data: { source: 'x', binarize: 'fixed', scaling: 'standardize' } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: binarize "fixed" with scaling "standardize"; wanted scaling "unit", which leaves 0 and 1. Fix: drop --scaling, or use --binarize none. [recipe/binarize-scaling]]`,
  )
  expect(() =>
    checkRecipe({ ...completeRecipe(draft(), images), extra: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a recipe with keys or a form that recipes do not have; wanted no "extra" there. Fix: compare it with the recipe.json of a run. [recipe/invalid]]`,
  )
  const plan = (rest: Partial<RecipeDraft>, data: Dataset = images) =>
    planOf(completeRecipe(draft(rest), data), data)
  await expect(
    plan({ data: { source: 'x', validation: 0 }, training: { patience: 3 } }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: early stopping without a validation split; wanted validation rows to watch. Fix: use --validation 0.1, or drop --patience. [recipe/patience]]`,
  )
  await expect(
    plan({ model: { likelihood: { name: 'bernoulli' } } }, table),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: -1.4567574262619019 in row 1 (after scaling) for the likelihood "bernoulli"; wanted values from 0 to 1. Fix: use --likelihood gaussian --binarize none, or --scaling unit. [recipe/outside-unit]]`,
  )
  expect(complete({ training: { optimizer: { name: 'adma' } } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: optimizer "adma"; wanted adam, adamw, sgd. Fix: name one of those. [choice/unknown-optimizer]]`,
  )
})

test('of what is wrong in a recipe enough is shown, however long or deep it is', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
  const wrong = (source: unknown) => () => checkRecipe({ data: { source } })
  expect(wrong('x'.repeat(10_000))).toThrow(/recipe with /)
  expect(wrong(deep)).toThrow(/data\.source = a value of too many levels/)
  expect(wrong(Array(10_000).fill(1))).toThrow(/data\.source = \[1,1.{150,250}…; wanted/)
})
