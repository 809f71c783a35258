import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { type Dataset, datasetOf } from '../data/dataset.ts'
import { completeRecipe } from './complete.ts'
import type { RecipeDraft } from './recipe.ts'
import { recipeWarnings } from './warnings.ts'

const pixels = (values: readonly number[]): Dataset =>
  datasetOf(
    ndarray(
      Uint8Array.from({ length: 80 }, (_, i) => values[i % values.length]),
      [20, 4],
    ),
    {
      name: 'toy',
      defaults: { likelihood: 'bernoulli', scaling: 'unit', binarize: 'none' },
    },
  )
const grey = pixels([0, 128, 255])
const codesOf = async (draft: Partial<RecipeDraft>, dataset = grey) => {
  const recipe = completeRecipe({ data: { source: 'toy' }, ...draft }, dataset)
  return (await recipeWarnings(recipe, dataset)).map(({ code }) => code)
}

describe('grey values under a likelihood of 0 and 1', () => {
  test('are worth a warning, once, with the choices', async () => {
    const recipe = completeRecipe({ data: { source: 'toy' } }, grey)
    expect(await recipeWarnings(recipe, grey)).toMatchInlineSnapshot(`
      [
        {
          "code": "recipe/grey-bernoulli",
          "message": "the bernoulli likelihood is given values between 0 and 1: this trains well, but the loss is a cross-entropy and no density, so its nats compare only with runs like it. Choose --binarize dynamic or fixed to draw them black and white, --likelihood continuous-bernoulli for a density of grey values, or --likelihood gaussian",
        },
      ]
    `)
  })
  test('are not there once they are drawn, black and white, or measured', async () => {
    expect(await codesOf({ data: { source: 'toy', binarize: 'dynamic' } })).toEqual([])
    expect(await codesOf({}, pixels([0, 255]))).toEqual([])
    for (const name of ['gaussian', 'continuous-bernoulli'])
      expect(await codesOf({ model: { likelihood: { name } } })).toEqual([])
  })
})

describe('a schedule that training ends before', () => {
  const run = (weight: string | number, steps: number) =>
    codesOf({ objective: { terms: [{ term: 'kl', weight }] }, training: { steps } }, pixels([0, 255]))
  test('is worth a warning', async () => {
    expect(await run('linear(0, 4, 100)', 50)).toEqual(['recipe/unfinished-schedule'])
    expect(
      await codesOf({ training: { steps: 5, learningRate: 'cosine(0.001, 0, 10)' } }, pixels([0, 255])),
    ).toEqual(['recipe/unfinished-schedule'])
  })
  test('is fine when it ends in time', async () => {
    expect(await run('linear(0, 4, 100)', 100)).toEqual([])
    expect(await run(4, 1)).toEqual([])
  })
})
