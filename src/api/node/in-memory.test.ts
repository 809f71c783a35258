/** A model in memory is the one on disk: the same figures, the same bytes, wherever it was read from. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  datasetOf,
  evaluate,
  evaluateRun,
  type Model,
  nodeEngines,
  open,
  openData,
  openEngine,
  type RecipeDraft,
  save,
  train,
  trainRun,
} from '../../inside.node.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const draft: RecipeDraft = {
  data: { source: 'digits', binarize: 'fixed' },
  model: { latent: { size: 3 }, architecture: { name: 'mlp', hidden: [8] } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0, 4, 20)' }] },
  training: { steps: 20, seed: 3 },
  engine: { name: 'native', threads: 1 },
}
let folder: string
let run: string
let weights: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'betavae-memory-'))
  run = join(folder, 'run')
  weights = join(run, 'model', 'weights.safetensors')
  await trainRun(draft, { out: run })
})

afterAll(() => rm(folder, { recursive: true }))

describe('evaluate', () => {
  test.each([
    {},
    { split: 'validation' },
    { split: 'train' },
    { nll: 5 },
    { metrics: ['mig', 'sap'] },
  ] as const)('%o gives the figures of the run to the bit', async (options) => {
    using model = await open(run, { engine })
    expect(await evaluate(model, await openData('digits'), options)).toEqual(await evaluateRun(run, options))
  })

  test('all rows of other data are judged, none held out', async () => {
    using model = await open(run, { engine })
    const digits = await openData('digits')
    const few = await digits.read([5, 6, 7])
    const data = datasetOf({ data: Uint8Array.from(few.data), shape: few.shape }, { name: 'few' })
    const { split, count } = await evaluate(model, data, { split: 'all' })
    expect([split, count]).toEqual(['all', 3])
  })

  test.each<[string, (model: Model) => Promise<unknown>, string]>([
    [
      'a model of someone else',
      async (model) => evaluate({ ...model }, await openData('digits')),
      'open/foreign-model',
    ],
    ['rows of another shape', (model) => evaluate(model, tableOfZeros(4)), 'evaluate/data'],
    [
      'a split that there is not',
      async (model) => evaluate(model, await openData('digits'), { split: 'half' as 'test' }),
      'evaluate/split',
    ],
  ])('%s is refused', async (_, judge, code) => {
    using model = await open(run, { engine })
    await expect(judge(model)).rejects.toMatchObject({ code, usage: true })
  })

  test('a signal stops it', async () => {
    using model = await open(run, { engine })
    const stopped = evaluate(model, await openData('digits'), { signal: AbortSignal.abort() })
    await expect(stopped).rejects.toThrow('aborted')
  })
})

const tableOfZeros = (width: number) =>
  datasetOf({ data: new Float32Array(3 * width), shape: [3, width] }, { name: 'zeros' })

describe('save and open', () => {
  test('bytes, file, run, address and training open to one model', async () => {
    const bytes = await readFile(weights)
    const address = `data:application/octet-stream;base64,${bytes.toString('base64')}`
    const places = [run, weights, pathToFileURL(weights), new Uint8Array(bytes), address]
    const seen = await Promise.all(
      places.map(async (place) => {
        using model = await open(place, { engine })
        return { saved: Buffer.from(save(model)), sample: await model.sample(2, { seed: 4 }) }
      }),
    )
    for (const { saved, sample } of seen) {
      expect(saved.equals(bytes)).toBe(true)
      expect(sample).toEqual(seen[0].sample)
    }
  })

  test('a training is saved as it is, or as it was opened', async () => {
    const trained = await train({ ...draft, data: {} }, { dataset: await openData('digits'), engine })
    using model = await open(trained, { engine })
    const path = join(folder, 'nested', 'mine.safetensors')
    expect(await save(model, path)).toBeUndefined()
    expect(Buffer.from(save(trained)).equals(await readFile(path))).toBe(true)
  })

  test.each([
    ['a path where nothing is', 'nowhere', 'open/missing'],
    ['another file', import.meta.filename, 'safetensors/'],
    ['a folder that is no run', tmpdir(), 'runs/not-a-run'],
    ['an address that nobody answers', 'http://localhost:9/weights', 'open/fetch'],
  ])('%s is refused', async (_, place, code) => {
    await expect(open(place)).rejects.toMatchObject({ code: expect.stringContaining(code) })
  })
})
