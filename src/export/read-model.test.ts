import { describe, expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import { referenceEngine } from '../engine/reference.ts'
import { createModel } from '../infer/create-model.ts'
import { CODES } from '../infer/model-parts.ts'
import { modelParts } from '../recipe/trained.ts'
import { readModel } from './read-model.ts'
import { digitRows, trainedOnDigits } from './trained.testing.ts'
import { readWeights, writeWeights } from './weights.ts'

const bare = await trainedOnDigits()
const codes = { data: Float32Array.of(0, 1, 2, 3, 4, 5), shape: [2, 3] }
const trained = { ...bare, values: { ...bare.values, [CODES]: codes } }
const bytes = writeWeights(trained)
const { tensors, metadata } = readSafetensors(bytes)

/** The file with other metadata; what is undefined is left out. */
const withMetadata = (other: Record<string, string | undefined>): Uint8Array =>
  writeSafetensors(
    tensors,
    Object.fromEntries(
      Object.entries({ ...metadata, ...other }).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, text]],
      ),
    ),
  )

/** The recipe in the file with something else in it. */
const withRecipe = (other: object): string => JSON.stringify({ ...JSON.parse(metadata.recipe), ...other })

test('what it reads is the part of the whole that inference needs, codes included', async () => {
  const whole = modelParts(await readWeights(bytes))
  expect(await readModel(bytes)).toEqual(whole)
  expect(Object.keys(whole.values)).toContain(CODES)
})

test('opponents of its terms stay behind', async () => {
  const terms = [
    { term: 'kl', weight: 1 },
    { term: 'adversarial-tc', weight: 1 },
  ]
  const whole = await trainedOnDigits({ objective: { name: 'vae', terms } })
  const names = Object.keys((await readModel(writeWeights(whole))).values)
  const left = Object.keys(whole.values).filter((name) => !names.includes(name))
  expect(left.length).toBeGreaterThan(0)
  expect(left.every((name) => name.startsWith('adversarial-tc.'))).toBe(true)
})

test('a model opened by it gives the numbers of the model that was written', async () => {
  using before = await createModel(referenceEngine, modelParts(trained))
  using after = await createModel(referenceEngine, await readModel(bytes))
  const rows = await digitRows(4)
  expect(await after.encode(rows)).toEqual(await before.encode(rows))
  expect(await after.score(rows)).toEqual(await before.score(rows))
  expect(await after.sample(3, { seed: 5 })).toEqual(await before.sample(3, { seed: 5 }))
})

test.each(['vae', 'autoencoder'])(
  'whether a prior holds is read of files of 0.1.0, too: %s',
  async (name) => {
    const own = await trainedOnDigits({ objective: { name } })
    const file = readSafetensors(writeWeights(own))
    const { hasPrior, ...older } = file.metadata
    expect(hasPrior).toBe(String(name === 'vae'))
    const old = writeSafetensors(file.tensors, older)
    expect((await readModel(old)).hasPrior).toBe(name === 'vae')
    expect(await readModel(old)).toEqual(modelParts(own))
  },
)

test('how a model was trained need not be readable, unless the file leaves to it what it means', async () => {
  const recipe = withRecipe({ objective: { name: 'of tomorrow', terms: [{ term: 3 }] }, training: null })
  expect((await readModel(withMetadata({ recipe }))).spec.latent.size).toBe(trained.recipe.model.latent.size)
  await expect(readModel(withMetadata({ recipe, hasPrior: undefined }))).rejects.toThrow(
    'weights whose recipe.objective.terms.0.term cannot be read (wanted a value of type string)',
  )
})

describe('refuses', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['another program', { format: 'pt' }, '[export/weights-foreign]'],
    ['a recipe that is no JSON', { recipe: '{' }, 'weights whose recipe cannot be read (wanted JSON)'],
    [
      'no recipe',
      { recipe: undefined },
      'weights whose recipe cannot be read (wanted a value of type object)',
    ],
    [
      'a model without a size',
      { recipe: withRecipe({ model: { ...trained.recipe.model, latent: { name: 'gaussian', size: 0 } } }) },
      'weights whose recipe.model.latent.size cannot be read (wanted a number > 0)',
    ],
    [
      'an example of no shape',
      { example: '{"dtype":"uint8"}' },
      'weights whose example.shape cannot be read',
    ],
    ['a prior that may be', { hasPrior: '"perhaps"' }, 'weights whose hasPrior cannot be read'],
  ])('%s', async (_, other, message) => {
    await expect(readModel(withMetadata(other))).rejects.toThrow(message)
  })

  test('a tensor that is missing, or of another shape', async () => {
    const { 'decoder.0.bias': bias, ...others } = tensors
    await expect(readModel(writeSafetensors(others, metadata))).rejects.toThrow('[export/weights-missing]')
    const short = { ...others, 'decoder.0.bias': { data: bias.data.slice(1), shape: [bias.shape[0] - 1] } }
    await expect(readModel(writeSafetensors(short, metadata))).rejects.toThrow('[export/weights-shape]')
  })
})
