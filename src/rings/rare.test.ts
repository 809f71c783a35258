/** What few models have is loaded by whoever trains, opens or reads one: each entry is tried where nothing is loaded yet. */
import { expect, test, vi } from 'vitest'
import { defineLatent } from './graph.ts'

type Ring = typeof import('./index.ts')

const draft = {
  data: { source: 'toy', scaling: 'none' },
  model: {
    latent: { name: 'categorical', size: 4, levels: 2 },
    prior: { name: 'uniform' },
    likelihood: { name: 'laplace' },
  },
  objective: {
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'relaxation', weight: 0.7 },
    ],
  },
  training: { steps: 2, batch: 8 },
} as const

/** The ring as a page has it that has just come. */
async function fresh() {
  vi.resetModules()
  const ring: Ring = await import('./index.ts')
  const rows = Float32Array.from({ length: 40 * 5 }, (_, i) => Math.sin(i))
  const dataset = ring.datasetOf(ring.ndarray(rows, [40, 5]), { name: 'toy' })
  return { ...ring, dataset, engine: await ring.openEngine('reference') }
}

/** A training that ended elsewhere, and its bytes. */
const elsewhere = (async () => {
  const { train, save, dataset, engine } = await fresh()
  const { trained } = await train(draft, { dataset, engine })
  return { trained: structuredClone(trained), bytes: save(trained) }
})()

test('a model opens from its bytes, is judged, and saved as it was', async () => {
  const { bytes } = await elsewhere
  const { open, evaluate, save, dataset, engine } = await fresh()
  using model = await open(bytes, { engine })
  expect((await model.sample(3)).shape).toEqual([3, 5])
  expect(save(model)).toEqual(bytes)
  expect((await evaluate(model, dataset)).kl).toBeGreaterThanOrEqual(0)
})

test('a training that was only copied is no model yet, and says what makes it one', async () => {
  const { trained } = await elsewhere
  const { open, save, exportOnnx, engine } = await fresh()
  expect(() => exportOnnx(trained)).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the latent "categorical", of a model that was neither trained nor opened here; wanted one that was: what few models have is loaded then. Fix: open it first: await open(trained). [parts/not-loaded]]`,
  )
  using model = await open(trained, { engine })
  expect(exportOnnx(trained).decoder.length).toBeGreaterThan(100)
  expect(save(model)).toEqual((await elsewhere).bytes)
})

test('a training is seen before it begins', async () => {
  const { preview, dataset } = await fresh()
  expect((await preview(draft, dataset)).ledger.terms.map(({ name }) => name)).toEqual(['kl', 'relaxation'])
})

test('a preset brings what it names', async () => {
  const { preview, dataset } = await fresh()
  const { recipe } = await preview({ objective: { name: 'vamp-vae' } }, dataset)
  expect(recipe.model.prior).toMatchObject({ name: 'vamp', components: expect.any(Number) })
})

test('a name that nothing has is refused with all that there are', async () => {
  const { preview, dataset } = await fresh()
  const unknown = { model: { prior: { name: 'cauchy' } } } as object
  await expect(preview(unknown, dataset)).rejects.toThrow(/wanted standard, mixture, vamp, .*unknown-prior/)
})

test('a part that is brought has no name of those, loaded or not', async () => {
  const { preview, dataset } = await fresh()
  const { gaussian } = await import('../model/distributions/gaussian.ts')
  const own = defineLatent({ ...gaussian, name: 'iaf' })
  await expect(preview({}, dataset, { parts: [own] })).rejects.toThrow('parts/taken')
})
