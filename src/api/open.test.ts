import { expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { browserPlatform } from './browser.ts'
import { browserOpening } from './browser-tables.ts'
import { openOn } from './open.ts'
import { save } from './save.ts'
import { trainOn } from './train.ts'

const open = openOn(browserOpening)
const train = trainOn(browserPlatform)

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['an array buffer', new ArrayBuffer(8)],
  ['a training that was not awaited', train({ data: { source: 'digits' } })],
  ['a run without a model', { trained: null }],
])('open of %s is refused', async (_, source) => {
  await expect(open(source as Uint8Array)).rejects.toMatchObject({ code: 'open/source', usage: true })
})

test('the refusal says what to give', async () => {
  await expect(open(7 as unknown as Uint8Array)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a value of type number for a model; wanted what a training gave, the bytes of its weights.safetensors as a Uint8Array, or where they are. Fix: await the training first, or name the file; in Node.js the path of a run will do too. [open/source]]`,
  )
})

const tiny = () =>
  train(
    {
      data: { source: 'digits' },
      model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [2] } },
      training: { steps: 1, batch: 2 },
    },
    { engine: referenceEngine },
  )

test('in a page a text is an address', async () => {
  await expect(open('runs/digits-1')).rejects.toMatchObject({ code: 'open/fetch' })
  const trained = await tiny()
  const bytes = Buffer.from(save(trained)).toString('base64')
  using model = await open(`data:application/octet-stream;base64,${bytes}`, {
    engine: referenceEngine,
  })
  expect(Buffer.from(save(model)).toString('base64')).toBe(bytes)
})

test('a page has no threads of ours', async () => {
  await expect(open(await tiny(), { worker: true })).rejects.toMatchObject({
    code: 'open/worker',
    usage: true,
  })
})

test('train refuses what is no recipe', async () => {
  await expect(train(null as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a recipe with keys or a form that recipes do not have; wanted a value of type object. Fix: compare it with the recipe.json of a run. [recipe/invalid]]`,
  )
  await expect(train({} as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: recipe with data = nothing; wanted a value of type object. Fix: correct data. [recipe/invalid]]`,
  )
})
