import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import { referenceEngine } from '../engine/reference.ts'
import { createModel } from '../infer/create-model.ts'
import { modelParts } from '../recipe/trained.ts'
import { digitRows, trainedOnDigits } from './trained.testing.ts'
import { readWeights, writeWeights } from './weights.ts'

const trained = await trainedOnDigits()
const bytes = writeWeights(trained)

/** The file written again with other contents. */
function changed(
  change: (file: { tensors: Record<string, unknown>; metadata: Record<string, string> }) => void,
) {
  const { tensors, metadata } = readSafetensors(bytes)
  const file = { tensors: { ...tensors }, metadata: { ...metadata } }
  change(file)
  return writeSafetensors(file.tensors, file.metadata)
}

test('a training comes back as it was written', async () => {
  expect(await readWeights(bytes)).toEqual(trained)
})

test('columns of a table come back', async () => {
  const table = { ...trained, data: { ...trained.data, columns: ['a', 'b'] } }
  expect((await readWeights(writeWeights(table))).data).toEqual(table.data)
})

test('the same training gives the same bytes, whatever the order and element type of its arrays', async () => {
  const shuffled = Object.entries(trained.values)
    .reverse()
    .map(([name, { data, shape }]) => [name, { data: Float64Array.from(data), shape }])
  expect(writeWeights(await readWeights(bytes))).toEqual(bytes)
  expect(writeWeights({ ...trained, values: Object.fromEntries(shuffled) })).toEqual(bytes)
})

test('a model that was read reconstructs as before', async () => {
  const rows = await digitRows(4)
  using before = await createModel(referenceEngine, modelParts(trained))
  using after = await createModel(referenceEngine, modelParts(await readWeights(bytes)))
  expect(await after.reconstruct(rows)).toEqual(await before.reconstruct(rows))
})

test('a deterministic latent round-trips', async () => {
  const plain = await trainedOnDigits({ objective: { name: 'autoencoder' } })
  expect(await readWeights(writeWeights(plain))).toEqual(plain)
})

test('refuses safetensors of another program', async () => {
  const foreign = writeSafetensors({ w: { data: Float32Array.of(1), shape: [1] } }, { format: 'pt' })
  await expect(readWeights(foreign)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: safetensors of the format "pt"; wanted the format "betavae". Fix: give a weights.safetensors from the model folder of a run. [export/weights-foreign]]`,
  )
  await expect(readWeights(writeSafetensors({}))).rejects.toThrow('[export/weights-foreign]')
})

test.each<[string, string]>([
  ['recipe', '{'],
  ['example', '{"shape":[0],"dtype":"uint8","scaleShape":[]}'],
  ['data', '{}'],
])('refuses metadata whose %s cannot be read', async (key, text) => {
  const file = changed(({ metadata }) => {
    metadata[key] = text
  })
  await expect(readWeights(file)).rejects.toThrow(/weights whose .*\[export\/weights-metadata\]/)
  await expect(readWeights(file)).rejects.toThrow(`weights whose ${key}`)
})

test('says where metadata are off', async () => {
  const recipe = {
    ...trained.recipe,
    model: { ...trained.recipe.model, latent: { name: 'gaussian', size: -1 } },
  }
  const file = changed(({ metadata }) => {
    metadata.recipe = JSON.stringify(recipe)
  })
  await expect(readWeights(file)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: weights whose recipe.model.latent.size cannot be read (wanted a number > 0); wanted recipe, example and data as betavae 0.1.0 writes them. Fix: read the file with the betavae that wrote it (0.1.0). [export/weights-metadata]]`,
  )
})

test('refuses a file that lacks a tensor', async () => {
  const file = changed(({ tensors }) => {
    delete tensors['decoder.0.bias']
  })
  await expect(readWeights(file)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: weights without the tensor "decoder.0.bias"; wanted "decoder.0.bias" of shape [12], as the recipe says. Fix: use the weights as they were written. [export/weights-missing]]`,
  )
})

test('refuses a tensor of another shape, when reading and when writing', async () => {
  const small = { data: Float32Array.of(1, 2), shape: [2] }
  const file = changed(({ tensors }) => {
    tensors['decoder.0.bias'] = small
  })
  await expect(readWeights(file)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the tensor "decoder.0.bias" of shape [2]; wanted [12], as the recipe says. Fix: use the weights as they were written. [export/weights-shape]]`,
  )
  const values = { ...trained.values, 'decoder.0.bias': small }
  expect(() => writeWeights({ ...trained, values })).toThrow('[export/weights-shape]')
})

test('refuses a damaged file', async () => {
  const damaged = bytes.slice()
  damaged[damaged.length - 5] ^= 1
  await expect(readWeights(damaged)).rejects.toThrow('[safetensors/corrupt]')
  await expect(readWeights(bytes.subarray(0, 1000))).rejects.toThrow('[safetensors/torn]')
})
