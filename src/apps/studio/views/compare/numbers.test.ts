import { expect, test } from 'vitest'
import { incomparable } from '../../../../inside.page.ts'
import { epochAt, knownRun } from './known-runs.testing.ts'
import { numberRows } from './numbers.ts'

const reasonOf = (runs: Parameters<typeof numberRows>[0]) => incomparable(runs.map(({ recipe }) => recipe))

const a = knownRun('a', [epochAt(10, 90, 9), epochAt(20, 80, 9)])
const b = knownRun('b', [epochAt(10, 70, 30)])
const plain = knownRun('plain', [epochAt(10, 60, null)])

test('held-out numbers of the last epoch; what is better is marked, the KL never', () => {
  expect(numberRows([a, b], true).map(({ name, values, best }) => [name, values, best])).toEqual([
    ['ELBO', [-89, -100], [0]],
    ['Reconstruction', [80, 70], [1]],
    ['KL', [9, 30], []],
    ['Active dimensions', [1, 1], []],
  ])
})

test('the best epoch speaks where one was chosen', () => {
  const [elbo] = numberRows([{ ...a, bestEpoch: 1 }, b], true)
  expect(elbo.values).toEqual([-99, -100])
})

test('nothing is marked where there is nothing to compare', () => {
  const marked = (runs: Parameters<typeof numberRows>[0], areComparable: boolean) =>
    numberRows(runs, areComparable).flatMap(({ best }) => best)
  expect(marked([a, b], false)).toEqual([])
  expect(marked([a], true)).toEqual([])
  expect(marked([a, a], true)).toEqual([])
})

test('an autoencoder without KL has a reconstruction alone, and a run without epochs nothing', () => {
  expect(numberRows([plain], true).map(({ name }) => name)).toEqual(['Reconstruction', 'Active dimensions'])
  expect(numberRows([knownRun('new', [])], true)).toEqual([])
})

test('nats of other data, forms or likelihoods are not compared', () => {
  const gaussian = knownRun('g', [], { model: { likelihood: { name: 'gaussian' } } })
  const other = knownRun('o', [], { data: { source: 'other' } })
  const binarized = { ...a, recipe: { ...a.recipe, data: { ...a.recipe.data, binarize: 'fixed' as const } } }
  expect(reasonOf([a, b])).toBeUndefined()
  expect(reasonOf([a, other])).toBe('They learn different data')
  expect(reasonOf([a, binarized])).toBe('They see their data in different forms')
  expect(
    reasonOf([
      a,
      { ...gaussian, recipe: { ...a.recipe, model: { ...a.recipe.model, likelihood: { name: 'laplace' } } } },
    ]),
  ).toBe('They have different likelihoods')
})
