import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { InferenceSession as NativeSession, Tensor as NativeTensor } from 'onnxruntime-node'
import { InferenceSession as WasmSession, Tensor as WasmTensor } from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import type { NDArray } from '../base/arrays.ts'
import { referenceEngine } from '../engine/reference.ts'
import { createModel } from '../infer/create-model.ts'
import { checkRecipe } from '../recipe/recipe.ts'
import { modelParts } from '../recipe/trained.ts'
import { exportOnnx } from './onnx.ts'
import { digitRows, trainedOnDigits } from './trained.testing.ts'

const trained = await trainedOnDigits()
const files = exportOnnx(trained)

const largestDifference = (a: NDArray, b: NDArray): number =>
  Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i])))

/** Runs a file as any user of ONNX Runtime would. */
type RunFile = (file: Uint8Array, name: string, rows: NDArray) => Promise<Record<string, NDArray>>

const native: RunFile = async (file, name, { data, shape }) => {
  const session = await NativeSession.create(file)
  const type = data instanceof Uint8Array ? 'uint8' : 'float32'
  const results = await session.run({ [name]: new NativeTensor(type, data, shape) })
  return arraysOf(results)
}

const wasm: RunFile = async (file, name, { data, shape }) => {
  const session = await WasmSession.create(file, { executionProviders: ['wasm'] })
  const type = data instanceof Uint8Array ? 'uint8' : 'float32'
  const results = await session.run({ [name]: new WasmTensor(type, data, shape) })
  return arraysOf(results)
}

const arraysOf = (results: NativeSession.ReturnType): Record<string, NDArray> =>
  Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [
      name,
      { data: data as Float32Array, shape: dims },
    ]),
  )

describe.each<[string, RunFile]>([
  ['native', native],
  ['wasm', wasm],
])('on ONNX Runtime, %s', (_, run) => {
  test.each([1, 5])('a batch of %i gives the numbers of the model', async (count) => {
    const rows = await digitRows(count)
    using model = await createModel(referenceEngine, modelParts(trained))
    const { mean, logVariance } = await model.encode(rows)
    const encoded = await run(files.encoder, 'x', rows)
    expect(Object.keys(encoded)).toEqual(['mean', 'logVariance'])
    expect(encoded.mean.shape).toEqual([count, 3])
    expect(largestDifference(encoded.mean, mean)).toBeLessThan(1e-5)
    expect(largestDifference(encoded.logVariance, logVariance as NDArray)).toBeLessThan(1e-5)
    const { reconstruction } = await run(files.decoder, 'z', encoded.mean)
    expect(reconstruction.shape).toEqual([count, 1, 8, 8])
    const wanted = await model.decode(mean)
    expect(Math.max(...wanted.data)).toBeGreaterThan(100)
    expect(largestDifference(reconstruction, wanted)).toBeLessThan(1e-5 * 255)
  })
})

test('the same training gives the same bytes', async () => {
  expect(exportOnnx(await trainedOnDigits())).toEqual(files)
})

test('inputs and outputs have names, types and a dynamic batch', () => {
  const ports = (file: Uint8Array) => {
    const { graph } = fromBinary(ModelProtoSchema, file)
    return [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({ name, type }) => {
      const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined
      return `${name} ${tensor?.elemType} ${tensor?.shape?.dim.map(({ value }) => value.value)}`
    })
  }
  expect(ports(files.encoder)).toEqual(['x 2 batch,1,8,8', 'mean 1 batch,3', 'logVariance 1 batch,3'])
  expect(ports(files.decoder)).toEqual(['z 1 batch,3', 'reconstruction 1 batch,1,8,8'])
})

test.each(['encoder', 'decoder'] as const)('the %s says which recipe made it', (part) => {
  const { metadataProps } = fromBinary(ModelProtoSchema, files[part])
  const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]))
  expect(metadata.betavae).toMatch(/^\d+\.\d+\.\d+/)
  expect(checkRecipe(JSON.parse(metadata.recipe))).toEqual(trained.recipe)
})

test('a deterministic latent has a mean alone', async () => {
  const { encoder } = exportOnnx(await trainedOnDigits({ objective: { name: 'autoencoder' } }))
  expect(Object.keys(await native(encoder, 'x', await digitRows(1)))).toEqual(['mean'])
})
