import { expect, test } from 'vitest'
import { datasetOf } from '../data/dataset.ts'
import { completeRecipe } from './complete.ts'
import { differencesOf } from './differences.ts'
import type { RecipeDraft } from './recipe.ts'

const toy = datasetOf({ data: new Float32Array(40), shape: [20, 2] }, { name: 'toy' })
const recipe = (more: Omit<RecipeDraft, 'data'>) => completeRecipe({ data: { source: 'toy' }, ...more }, toy)

test('recipes that are the same differ nowhere', () => {
  expect(differencesOf([recipe({}), recipe({})])).toEqual([])
})

test('numbers and names are told by their place, terms by their names, whatever their order', () => {
  const kl = { term: 'kl', weight: 1 }
  const l2 = { term: 'l2', weight: 0.1 }
  const one = recipe({ objective: { name: 'vae', terms: [kl, l2] }, training: { seed: 1 } })
  const other = recipe({
    objective: { name: 'vae', terms: [l2, { ...kl, weight: 4 }] },
    training: { seed: 2 },
  })
  expect(differencesOf([one, other])).toEqual([
    { at: 'objective kl weight', values: ['1', '4'] },
    { at: 'training seed', values: ['1', '2'] },
  ])
})

test('what a recipe lacks has no value', () => {
  const one = recipe({ model: { architecture: { name: 'mlp', hidden: [4, 3] } } })
  const other = recipe({
    objective: {
      name: 'vae',
      terms: [
        { term: 'kl', weight: 1 },
        { term: 'l2', weight: 2 },
      ],
    },
  })
  const found = differencesOf([one, other])
  expect(found).toContainEqual({ at: 'objective l2 weight', values: [undefined, '2'] })
  expect(found.find(({ at }) => at === 'model architecture hidden')?.values[0]).toBe('[4,3]')
})

test('long texts differ where they differ, however far behind', () => {
  const query = (year: number) => `select ${'name, '.repeat(20)}place from visits where year = ${year}`
  const [one, other] = [2020, 2021].map((year) => {
    const own = recipe({})
    return { ...own, data: { ...own.data, query: query(year) } }
  })
  const [{ at, values }] = differencesOf([one, other])
  expect(at).toBe('data query')
  expect(values.map((value) => /^….*year = (\d+)$/.exec(value ?? '')?.[1])).toEqual(['2020', '2021'])
})
