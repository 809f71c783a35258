import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { draftFrom } from './draft.ts'

async function file(content: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-draft-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'recipe.json')
  await writeFile(path, JSON.stringify(content))
  return path
}

const recipe = {
  data: { source: 'digits' },
  model: { latent: { name: 'gaussian', size: 5 }, likelihood: { name: 'gaussian', sigma: 0.2 } },
  objective: { name: 'vae', terms: [{ term: 'kl', weight: 2 }] },
  training: { steps: 70, seed: 3, optimizer: { name: 'sgd', momentum: 0.5 } },
}

test('without options only the source is said', async () => {
  expect(await draftFrom('mnist', {})).toEqual({ data: { source: 'mnist' } })
})

test('options go to their places', async () => {
  expect(
    await draftFrom('mnist', {
      latent: 4,
      epochs: 2,
      lr: 0.01,
      binarize: 'none',
      engine: 'wasm',
      hidden: [9, 8],
    }),
  ).toEqual({
    data: { source: 'mnist', binarize: 'none' },
    model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [9, 8] } },
    training: { epochs: 2, learningRate: 0.01 },
    engine: { name: 'wasm' },
  })
})

test('a weight changes its term where it stands, and adds it where it does not', async () => {
  expect((await draftFrom('mnist', { objective: 'beta-vae', beta: 7, l2: 1e-4 })).objective).toEqual({
    name: 'beta-vae',
    terms: [
      { term: 'kl', weight: 7 },
      { term: 'l2', weight: 1e-4 },
    ],
  })
  const kept = await draftFrom('mnist', { objective: 'regularized-autoencoder', l2: 1 })
  expect(kept.objective?.terms).toContainEqual({ term: 'l2', weight: 1, part: 'decoder' })
})

test('an option of a kind that nobody named chooses the kind that has it', async () => {
  expect((await draftFrom('mnist', { sigma: 0.1 })).model?.likelihood).toEqual({
    name: 'gaussian',
    sigma: 0.1,
  })
  const momentum = { path: ['training', 'optimizer', 'momentum'], value: 0.5 }
  expect((await draftFrom('mnist', { set: [momentum] })).training?.optimizer).toEqual({
    name: 'sgd',
    momentum: 0.5,
  })
})

test('an option of one kind is refused where another was chosen', async () => {
  expect((await draftFrom('mnist', { 'vamp-components': 9 })).model?.prior).toEqual({
    name: 'vamp',
    components: 9,
  })
  await expect(
    draftFrom('mnist', { prior: 'mixture', 'vamp-components': 9 }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: --vamp-components beside --prior mixture; wanted --prior vamp, whose option it is. Fix: drop --vamp-components, or use --prior vamp. [cli/option-kind]]`,
  )
  await expect(draftFrom('mnist', { 'mixture-components': 5, 'vamp-components': 9 })).rejects.toMatchObject({
    code: 'cli/option-kind',
  })
  await expect(draftFrom(await file(recipe), { 'iaf-steps': 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: --iaf-steps beside --posterior gaussian; wanted --posterior iaf, whose option it is. Fix: drop --iaf-steps, or use --posterior iaf. [cli/option-kind]]`,
  )
  const changed = await draftFrom(await file(recipe), { posterior: 'iaf', 'iaf-steps': 3 })
  expect(changed.model?.latent).toEqual({ name: 'iaf', size: 5, steps: 3 })
})

test('another kind of code keeps its size, and nothing that the kind before or a preset chose', async () => {
  const flow = { ...recipe, model: { latent: { name: 'iaf', size: 5, draws: 8, steps: 3, hidden: 9 } } }
  const latentOf = async (values: Readonly<Record<string, unknown>>) =>
    (await draftFrom(await file(flow), values)).model?.latent
  expect(await latentOf({ posterior: 'gaussian' })).toEqual({ name: 'gaussian', size: 5, draws: 8 })
  expect(await latentOf({ objective: 'vae' })).toEqual({ size: 5 })
  expect(await latentOf({ 'iaf-steps': 4 })).toEqual({ ...flow.model.latent, steps: 4 })
})

test('options override a recipe, and take away what no longer holds', async () => {
  const path = await file(recipe)
  expect(await draftFrom(path, {})).toEqual(recipe)
  expect((await draftFrom(path, { sigma: 0.3 })).model?.likelihood).toEqual({ name: 'gaussian', sigma: 0.3 })
  expect((await draftFrom(path, { likelihood: 'bernoulli' })).model?.likelihood).toEqual({
    name: 'bernoulli',
  })
  expect((await draftFrom(path, { epochs: 2 })).training).toEqual({
    ...recipe.training,
    steps: undefined,
    epochs: 2,
  })
  expect(await draftFrom(path, { objective: 'autoencoder' })).toMatchObject({
    model: { latent: { size: 5 } },
    objective: { name: 'autoencoder' },
  })
  expect((await draftFrom(path, { objective: 'autoencoder' })).model?.latent).not.toHaveProperty('name')
})

test('--set reaches places in lists', async () => {
  const set = [{ path: ['objective', 'terms', '0', 'weight'], value: 'linear(0, 1, 10)' }]
  expect((await draftFrom(await file(recipe), { set })).objective?.terms).toEqual([
    { term: 'kl', weight: 'linear(0, 1, 10)' },
  ])
})
