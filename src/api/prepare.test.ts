import { expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { datasetOf } from '../data/dataset.ts'
import type { Feeds } from '../engine/engine.ts'
import { allViews } from '../optimizers/layout.ts'
import { completeRecipe } from '../recipe/complete.ts'
import type { Trained } from '../recipe/trained.ts'
import { prepare, startOf } from './prepare.ts'

const dataset = datasetOf(
  ndarray(
    Float32Array.from({ length: 40 }, (_, i) => i),
    [20, 2],
  ),
  { name: 'toy' },
)

const prepared = (start?: string) =>
  prepare(
    completeRecipe(
      {
        data: { source: 'toy' },
        model: { architecture: { name: 'mlp', hidden: [4] } },
        objective: { name: 'factor-vae' },
        training: { steps: 3, ...(start === undefined ? {} : { start }) },
      },
      dataset,
    ),
    dataset,
  )

const readModel = (values: Feeds) => async () => ({ values }) as Trained

test('without a run to start from, parameters are drawn and nothing is read', async () => {
  const { players } = await startOf(await prepared(), {
    readModel: () => Promise.reject(new Error('read')),
  })
  expect(players[0].parameters.some((value) => value !== 0)).toBe(true)
})

test('a training starts from the parameters of all players of the run that its recipe names', async () => {
  const ready = await prepared('runs/toy-1')
  const arenas = ready.layouts.map(({ size }) => Float32Array.from({ length: size }, (_, i) => i + 1))
  const values = allViews(ready.layouts, arenas)
  const state = await startOf(ready, { readModel: readModel(values) })
  // One by one: a matcher takes seconds for the millions of an opponent.
  const isSame = state.players.map(({ parameters }, p) =>
    parameters.every((value, i) => value === arenas[p][i]),
  )
  expect(isSame).toEqual([true, true])
  expect(state.players[1].slots.every((slot) => slot.every((value) => value === 0))).toBe(true)
})

test('a run of another model is refused', async () => {
  const ready = await prepared('runs/toy-1')
  const views = allViews(
    ready.layouts,
    ready.layouts.map(({ size }) => new Float32Array(size)),
  )
  const [name] = Object.keys(views)
  const told = async (values: Feeds) =>
    startOf(ready, { readModel: readModel(values) }).catch((error: Error) => error.message)
  expect([
    await told({ ...views, [name]: { data: new Float32Array(2), shape: [1, 2] } }),
    await told({}),
  ]).toMatchInlineSnapshot(`
    [
      "run "runs/toy-1" with encoder.0.weight of shape [1, 2]; wanted [4, 2], as in the model that is to start from it. Fix: start from a run of the same model and terms, or leave training.start out. [train/start-mismatch]",
      "run "runs/toy-1" with encoder.0.weight missing; wanted [4, 2], as in the model that is to start from it. Fix: start from a run of the same model and terms, or leave training.start out. [train/start-mismatch]",
    ]
  `)
})
