import { expect, test } from 'vitest'
import { datasetOf } from '../data/dataset.ts'
import type { Rows } from '../data/examples.ts'
import { scalingFor } from '../data/transforms/scaling.ts'
import { completeModel, modelSchema } from '../model/spec.ts'
import type { Recipe } from './recipe.ts'
import { refuseOutsideSupport } from './support.ts'

/** Rows of two columns, with what a recipe says of them. */
async function checked(
  values: readonly number[] | Uint8Array,
  likelihood: { readonly name: string; readonly classes?: number },
  { scaling = 'none', binarize = 'none' }: Partial<Recipe['data']> = {},
): Promise<void> {
  const data = values instanceof Uint8Array ? values : Float32Array.from(values)
  const dataset = datasetOf({ data, shape: [data.length / 2, 2] }, { name: 'toy' })
  const rows: Rows = {
    dataset,
    indices: Uint32Array.from({ length: dataset.count }, (_, i) => i),
    ownTest: false,
  }
  const model = completeModel(modelSchema.parse({ likelihood }), dataset.exampleShape)
  const recipe = { model, data: { source: 'toy', scaling, binarize, validation: 0, test: 0 } } as Recipe
  await refuseOutsideSupport(recipe, rows, await scalingFor(dataset, { rows: rows.indices, scaling }))
}

test('what a likelihood holds passes', async () => {
  await checked([-3, 1e9, 0, 0.5], { name: 'gaussian' })
  await checked([-3, 1e9, 0, 0.5], { name: 'gaussian' }, { scaling: 'standardize' })
  await checked([-3, 1e9, 0, 0.5], { name: 'laplace' })
  await checked([-3, 7, 0, 0.5], { name: 'continuous-bernoulli' }, { scaling: 'unit' })
  await checked(Uint8Array.of(0, 1, 3, 255), { name: 'continuous-bernoulli' }, { scaling: 'unit' })
  await checked(Uint8Array.of(0, 1, 3, 255), { name: 'poisson' })
  await checked([0, 4, 2, 3], { name: 'categorical', classes: 5 })
  await checked(Uint8Array.of(0, 255, 255, 0), { name: 'categorical' }, { scaling: 'unit' })
  await checked(
    Uint8Array.of(0, 7, 9, 255),
    { name: 'categorical' },
    { scaling: 'unit', binarize: 'dynamic' },
  )
})

test('where every byte there can be passes, no row is read', async () => {
  const dataset = {
    ...datasetOf({ data: Uint8Array.of(0, 1), shape: [2, 1] }, { name: 'toy' }),
    areBits: true,
    read: () => expect.fail('read'),
  }
  const rows: Rows = { dataset, indices: Uint32Array.of(0, 1), ownTest: false }
  const scaling = await scalingFor(dataset, { rows: rows.indices, scaling: 'none' })
  const recipeOf = (name: string) =>
    ({
      model: completeModel(modelSchema.parse({ likelihood: { name } }), dataset.exampleShape),
      data: { source: 'toy', scaling: 'none', binarize: 'none', validation: 0, test: 0 },
    }) as Recipe
  await refuseOutsideSupport(recipeOf('bernoulli'), rows, scaling)
  await refuseOutsideSupport(recipeOf('poisson'), rows, scaling)
  const unknown = { ...rows, dataset: { ...dataset, areBits: false } }
  await expect(refuseOutsideSupport(recipeOf('bernoulli'), unknown, scaling)).rejects.toThrowError('read')
})

test('what it does not hold is refused, with the row and the fix', async () => {
  await expect(checked([0, 1, 0.5, 1.5], { name: 'bernoulli' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 1.5 in row 2 (after scaling) for the likelihood "bernoulli"; wanted values from 0 to 1. Fix: use --likelihood gaussian --binarize none, or --scaling unit. [recipe/outside-unit]]`,
  )
  await expect(
    checked([0, 1, -0.5, 1], { name: 'continuous-bernoulli' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: -0.5 in row 2 (after scaling) for the likelihood "continuous-bernoulli"; wanted values from 0 to 1. Fix: use --likelihood gaussian --binarize none, or --scaling unit. [recipe/outside-unit]]`,
  )
  await expect(checked([0, 2, 0, 1], { name: 'categorical' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 2 in row 1 (after scaling) for the likelihood "categorical"; wanted whole numbers from 0 to 1 (raise --classes for more). Fix: use --likelihood gaussian. [recipe/outside-support]]`,
  )
  await expect(checked([0, 1, 2, 0.5], { name: 'poisson' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 0.5 in row 2 (after scaling) for the likelihood "poisson"; wanted whole numbers from 0 on. Fix: use --likelihood gaussian. [recipe/outside-support]]`,
  )
  await expect(
    checked(Uint8Array.of(0, 7, 9, 255), { name: 'poisson' }, { scaling: 'unit' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 0.027450982481241226 in row 1 (after scaling) for the likelihood "poisson"; wanted whole numbers from 0 on. Fix: use --scaling none where the data are such numbers, or --likelihood gaussian. [recipe/outside-support]]`,
  )
  await expect(
    checked([0, 1, 0, 3], { name: 'gaussian' }, { binarize: 'fixed' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 3 in row 2 (after scaling) for binarize "fixed"; wanted values from 0 to 1. Fix: use --likelihood gaussian --binarize none, or --scaling unit. [recipe/outside-unit]]`,
  )
})
