/** A model in a thread of its own answers as one in this thread does. */
import { afterAll, describe, expect, test } from 'vitest'
import {
  BetavaeError,
  type Model,
  nodeEngines,
  open,
  openData,
  openEngine,
  openTableModel,
  save,
  train,
  trainTable,
} from '../../../inside.node.ts'
import { modelParts } from '../../../recipe/trained.ts'
import { madeOf } from '../../made-of.ts'
import { trainedIn } from '../../trained-in.ts'
import { ModelThread } from './model-thread.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const dataset = await openData('digits')
const run = await train(
  { model: { latent: { size: 3 }, architecture: { name: 'mlp', hidden: [8] } }, training: { steps: 5 } },
  { dataset, engine },
)
const direct = await open(run, { engine })
const threaded = await open(run, { engine, worker: true })
const some = await dataset.read([3, 1, 4, 1, 5])
/** The rows as a window onto more. */
const rows = { data: new Uint8Array(1000 + some.data.length).subarray(1000), shape: some.shape }
rows.data.set(some.data)

afterAll(() => {
  direct.dispose()
  threaded.dispose()
})

test.each<[string, (model: Model) => Promise<unknown>]>([
  ['encode', (model) => model.encode(rows)],
  ['decode', (model) => model.decode({ data: Float32Array.of(1, 0, -1), shape: [1, 3] })],
  ['reconstruct', (model) => model.reconstruct(rows)],
  ['sample', (model) => model.sample(3, { from: 'aggregate', seed: 2 })],
  ['score', (model) => model.score(rows, { seed: 3, first: 10 })],
  ['spread', (model) => model.spread('codes')],
  ['traverse', (model) => model.traverse(1, [-2, 0, 2], { base: [1, 1, 1] })],
  ['interpolate', async (model) => model.interpolate(await dataset.read([0]), await dataset.read([1]), 3)],
  [
    'what it is',
    async ({ exampleShape, latent, stochastic, hasPrior }) => [exampleShape, latent, stochastic, hasPrior],
  ],
])('%s: the same to the bit', async (_, ask) => {
  expect(await ask(threaded)).toEqual(await ask(direct))
})

test('many questions at once are each answered by their own', async () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed)
  const answers = await Promise.all(seeds.map((seed) => threaded.sample(1, { seed })))
  expect(answers).toEqual(await Promise.all(seeds.map((seed) => direct.sample(1, { seed }))))
})

test('what was given stays where it is', async () => {
  await threaded.encode(rows)
  expect(rows.data).toHaveLength(some.data.length)
})

test('saved from a thread it is the same', () => {
  expect(save(threaded)).toEqual(save(direct))
})

describe('errors', () => {
  const wrong = { data: new Float32Array(4), shape: [1, 4] }

  test('cross as they are', async () => {
    const complaint = async (model: Model) => {
      const error = await model.encode(wrong).catch((caught: unknown) => caught)
      if (!(error instanceof BetavaeError)) throw new Error('no error of ours')
      const { code, seen, wanted, fix, usage, message } = error
      return { code, seen, wanted, fix, usage, message }
    }
    expect(await complaint(threaded)).toEqual(await complaint(direct))
  })

  test('a stopped question ends at once, and the next is answered', async () => {
    const controller = new AbortController()
    const stopped = threaded.sample(20_000, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(stopped).rejects.toThrow('enough')
    await expect(threaded.sample(1, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(await threaded.sample(1)).toEqual(await direct.sample(1))
  })

  test('a model that cannot be opened is refused here, and its thread ends', async () => {
    const thread = new ModelThread({
      parts: modelParts(await trainedIn(madeOf(direct).found)),
      engine: { name: 'steam' },
    })
    await expect(thread.opened()).rejects.toMatchObject({ code: 'engine/unknown', usage: true })
    await thread.ended
  })

  test('after its end a model says so, also to those who wait', async () => {
    const thread = new ModelThread({
      parts: modelParts(await trainedIn(madeOf(direct).found)),
      engine: { name: 'native', threads: 1 },
    })
    await thread.opened()
    const waiting = thread.ask('sample', [20_000])
    thread.end()
    thread.end()
    await expect(waiting).rejects.toMatchObject({ code: 'infer/disposed' })
    await expect(thread.ask('sample', [1])).rejects.toMatchObject({ code: 'infer/disposed' })
    await thread.ended
  })
})

test('a table model in a thread: the same to the bit', async () => {
  const table = Array.from({ length: 90 }, (_, i) => ({
    a: Math.sin(i),
    b: i % 3 === 0 ? null : Math.cos(i),
    c: i % 2 ? 'x' : 'y',
  }))
  using here = await trainTable(table, { training: { steps: 5 } }, { engine })
  using there = await openTableModel(save(here), { engine, worker: true })
  expect(await there.score(table, { causes: 2 })).toEqual(await here.score(table, { causes: 2 }))
  expect(await there.impute(table)).toEqual(await here.impute(table))
  expect(await there.synthesize(7, { seed: 2 })).toEqual(await here.synthesize(7, { seed: 2 }))
  expect(await there.score([{ a: 1, b: 1, c: 'z' }])).toMatchObject([{ unread: ['c'] }])
  there.dispose()
  await expect(there.score(table)).rejects.toMatchObject({ code: 'infer/disposed' })
})
