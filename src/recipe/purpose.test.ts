import { expect, test } from 'vitest'
import { tableDataset } from '../data/tables/dataset.ts'
import { completeRecipe } from './complete.ts'
import type { RecipeDraft } from './recipe.ts'

const rowsOf = (count: number) => ({
  columns: ['a', 'b'],
  first: 0,
  rows: Array.from({ length: count }, (_, row) => [Math.sin(row), 2 * Math.sin(row)]),
})

async function recipeFor(training: RecipeDraft['training'], rows = 400, data = {}) {
  const dataset = await tableDataset({
    name: 'waves',
    format: 'csv',
    canRestart: true,
    async *chunks() {
      yield rowsOf(rows)
    },
  })
  return completeRecipe({ data: { source: 'waves', ...data }, training }, dataset)
}

test('a density trains until held-out rows say that it is enough, with rates that fall', async () => {
  const { training, model } = await recipeFor({ for: 'rows' })
  // 320 rows in batches of 40: 2,500 steps without a rise are 313 epochs.
  expect(training).toMatchObject({ for: 'rows', steps: 20_000, batch: 40, patience: 313 })
  expect(training.learningRate).toBe('linear(0.004, 0.0005, 20000)')
  expect(model.architecture).toMatchObject({ hidden: [128] })
})

test('a detector trains shortly, so that it does not learn the strange rows, too', async () => {
  const { training, model } = await recipeFor({ for: 'anomalies' })
  expect(training).toMatchObject({ steps: 1250, patience: null, learningRate: 0.001 })
  expect(model.architecture).toMatchObject({ hidden: [64] })
})

test('what is said holds, and a length that is said has no early end', async () => {
  const { training } = await recipeFor({ for: 'gaps', steps: 30, batch: 7 })
  expect(training).toMatchObject({ steps: 30, batch: 7, patience: null, learningRate: 0.001 })
  expect((await recipeFor({ for: 'gaps', patience: 3 })).training).toMatchObject({
    steps: 20_000,
    patience: 3,
  })
})

test('where too few rows are held out to say when it is enough, the training is short', async () => {
  expect((await recipeFor({ for: 'gaps' }, 60)).training).toMatchObject({ steps: 1250, patience: null })
  const none = { validation: 0 }
  expect((await recipeFor({ for: 'gaps' }, 400, none)).training).toMatchObject({ steps: 1250 })
})
