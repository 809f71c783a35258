import { expect, test } from 'vitest'
import { browserOpening, browserPlatform } from './browser.ts'
import { openOn } from './open.ts'
import { trainOn } from './train.ts'

const open = openOn(browserOpening)
const train = trainOn(browserPlatform)

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a path', 'runs/digits-1'],
  ['an array buffer', new ArrayBuffer(8)],
  ['a training that was not awaited', train({ data: { source: 'digits' } })],
  ['a run without a model', { trained: null }],
])('open of %s is refused', async (_, source) => {
  await expect(open(source as Uint8Array)).rejects.toMatchObject({ code: 'open/source', usage: true })
})

test('the refusal says what to give', async () => {
  await expect(open('runs/digits-1' as unknown as Uint8Array)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: open() of "runs/digits-1"; wanted what a training gave, or the bytes of its weights.safetensors as a Uint8Array. Fix: await the training first, or read the file; in Node.js the path of a run will do too. [open/source]]`,
  )
})

test('train refuses what is no recipe', async () => {
  await expect(train(null as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a recipe with keys or a form that recipes do not have; wanted a value of type object. Fix: compare it with the recipe.json of a run. [recipe/invalid]]`,
  )
  await expect(train({} as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: recipe with data = nothing; wanted a value of type object. Fix: correct data. [recipe/invalid]]`,
  )
})
